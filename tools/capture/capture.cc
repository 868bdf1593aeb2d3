#include "tools/capture/capture.h"

#include <algorithm>

namespace genlc {
namespace {

bool IsText(absl::string_view input) {
  return std::all_of(input.begin(), input.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r'); });
}

}  // namespace

Capture ReadCapture(absl::string_view input) {
  if (IsPcap(input)) return ReadPcap(input);
  if (IsStrace(input)) return ReadStrace(input);
  if (IsText(input)) return ReadHex(input);
  Capture raw;
  raw.packets.push_back({.place = "input", .bytes = std::string(input)});
  return raw;
}

}  // namespace genlc
