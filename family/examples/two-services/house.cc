// A client of both services: what is drawn at an outlet is counted by the meter, and its price is
// booked on the account of the same number.
//
//   house OUTLET UNITS
#include <cstdlib>
#include <iostream>

#include "ledger.genl.h"
#include "meter.genl.h"

namespace {

constexpr int64_t kPrice = 30;  // of a unit

absl::Status Draw(uint32_t outlet, uint64_t units) {
  absl::StatusOr<meter::Client> meter = meter::Client::Connect();
  if (!meter.ok()) return meter.status();
  absl::StatusOr<ledger::Client> ledger = ledger::Client::Connect();
  if (!ledger.ok()) return ledger.status();

  const absl::StatusOr<meter::CountReply> counted =
      meter->Count({.to = "meter", .from = "house", .outlet = outlet, .units = units});
  if (!counted.ok()) return counted.status();
  const int64_t price = kPrice * static_cast<int64_t>(units);
  const absl::StatusOr<ledger::BookReply> booked =
      ledger->Book({.to = "ledger", .from = "house", .account = outlet, .amount = -price});
  if (!booked.ok()) return booked.status();
  std::cout << counted->total << " units in all, the balance is " << booked->balance << "\n";
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "usage: house OUTLET UNITS\n", 2;
  const absl::Status status =
      Draw(std::strtoul(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10));
  if (!status.ok()) return std::cerr << "house: " << status << "\n", 1;
}
