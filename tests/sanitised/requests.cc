#include "tests/sanitised/requests.h"

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "family/diag/reporter.h"
#include "genl/reader.h"
#include "genl/writer.h"
#include "tests/json/random_message.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/posix.h"
#include "tools/genlc/sources.h"

namespace genlc {
namespace {

// Until a required attribute is among the random ones.
constexpr int kAttempts = 64;

using Numbers = std::set<uint16_t>;

Numbers Required(const Message& message) {
  Numbers numbers;
  for (const Field& field : message.fields) {
    if (field.required) numbers.insert(static_cast<uint16_t>(field.attribute->number));
  }
  return numbers;
}

// Copies the attributes that `keep` wants; returns their numbers.
template <typename Keep>
Numbers Copy(genl::Bytes attributes, const Keep& keep, genl::Writer& to) {
  Numbers copied;
  genl::AttributeReader reader(attributes);
  genl::Bytes rest = attributes;
  while (const auto attribute = reader.Next()) {
    if (keep(attribute->number)) {
      copied.insert(attribute->number);
      to.Append(rest.data(), rest.size() - reader.rest().size());
    }
    rest = reader.rest();
  }
  return copied;
}

}  // namespace

Requests::Requests(const std::string& spec) {
  PosixFiles files;
  PosixEnvironment env(files);
  const auto sources = ReadSources({spec}, "", env, sources_);
  Reporter reporter;
  if (sources) family_ = Analyze(sources->front(), reporter);
  if (family_ == nullptr) {
    std::cerr << spec << " is wrong: genlc check tells more\n";
    std::exit(2);
  }
  tables_ = std::make_unique<WireTables>(*family_);
  for (const auto& operation : family_->operations) {
    if (operation->do_exchange) Add(*operation, *operation->do_exchange, false);
    if (operation->dump) Add(*operation, *operation->dump, true);
  }
}

void Requests::Add(const Operation& operation, const Exchange& exchange, bool dump) {
  kinds_.push_back({.name = operation.name + (dump ? " dump" : " do"),
                    .command = static_cast<uint8_t>(operation.number),
                    .dump = dump,
                    .message = &exchange.request,
                    .table = tables_->List(exchange.request, rows_.emplace_back())});
}

std::vector<uint8_t> Requests::Make(const Kind& kind, uint64_t seed) const {
  std::mt19937_64 random(seed);
  RandomMessage values(random());
  const uint16_t flags = NLM_F_REQUEST | NLM_F_ACK | (kind.dump ? NLM_F_DUMP : 0);
  const genlmsghdr header = {kind.command, static_cast<uint8_t>(family_->version), 0};
  const size_t fixed_header = genl::HeaderSize(kind.table.header);
  genl::Writer message;
  const genl::Writer::Mark mark = message.BeginMessage(0, flags, 0);
  message.Append(&header, sizeof(header));

  genl::Writer filled;
  values.Fill(kind.table, filled);
  message.Append(filled.bytes().data(), fixed_header);
  Numbers missing = Required(*kind.message);
  const auto keep = [&](uint16_t number) {
    return missing.count(number) != 0 || random() % 4 != 0;
  };
  Numbers there = Copy(filled.bytes().subspan(fixed_header), keep, message);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    for (uint16_t number : there) missing.erase(number);
    if (missing.empty()) break;
    filled.Clear();
    values.Fill(kind.table, filled);
    const auto lacks = [&missing](uint16_t number) { return missing.count(number) != 0; };
    there = Copy(filled.bytes().subspan(fixed_header), lacks, message);
  }
  message.FinishMessage(mark);
  return {message.bytes().begin(), message.bytes().end()};
}

}  // namespace genlc
