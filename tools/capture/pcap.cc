// The formats are those of pcap-savefile(5) and of the pcapng draft of the IETF's opsawg.
#include <cstring>

#include "absl/strings/str_cat.h"
#include "tools/capture/capture.h"

namespace genlc {
namespace {

constexpr uint32_t kLinkTypeNetlink = 253;
constexpr size_t kCookedHeader = 16;  // before the netlink bytes; its end is the protocol
constexpr uint32_t kMicroseconds = 0xa1b2c3d4;
constexpr uint32_t kNanoseconds = 0xa1b23c4d;
constexpr uint32_t kSectionHeader = 0x0a0d0d0a;  // pcapng's first block, alike in both orders

uint32_t Load32(absl::string_view bytes, size_t at) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

class Reader {
 public:
  explicit Reader(absl::string_view input) : input_(input) {}

  Capture ReadClassic() {
    constexpr size_t kFileHeader = 24;
    constexpr size_t kRecordHeader = 16;
    swapped_ = Load32(input_, 0) != kMicroseconds && Load32(input_, 0) != kNanoseconds;
    if (input_.size() < kFileHeader) return Fail(0, "the file header is cut off");
    link_type_ = U32(20) & 0x0fffffff;
    size_t at = kFileHeader;
    while (at < input_.size()) {
      if (input_.size() - at < kRecordHeader) return Fail(at, "a record is cut off");
      const size_t captured = U32(at + 8);
      const size_t length = U32(at + 12);
      at += kRecordHeader;
      if (captured > input_.size() - at) return Fail(at, "a packet is cut off");
      Add(input_.substr(at, captured), length);
      at += captured;
    }
    return std::move(capture_);
  }

  Capture ReadNextGeneration() {
    constexpr uint32_t kByteOrder = 0x1a2b3c4d;
    constexpr uint32_t kInterface = 1;
    constexpr uint32_t kSimplePacket = 3;
    constexpr uint32_t kEnhancedPacket = 6;
    for (size_t at = 0; at < input_.size();) {
      if (input_.size() - at < 12) return Fail(at, "a block is cut off");
      const bool section = Load32(input_, at) == kSectionHeader;
      if (section) swapped_ = Load32(input_, at + 8) != kByteOrder;
      const size_t length = U32(at + 4);
      if (length < 12 || length > input_.size() - at) {
        return Fail(at, absl::StrCat("a block of ", length, " bytes"));
      }
      const uint32_t type = U32(at);
      if (type == kInterface && length >= 20) {
        link_type_ = U16(at + 8);
      } else if (type == kEnhancedPacket && length >= 32 && U32(at + 20) <= length - 32) {
        Add(input_.substr(at + 28, U32(at + 20)), U32(at + 24));
      } else if (type == kSimplePacket && length >= 16) {
        const size_t captured = std::min<size_t>(U32(at + 8), length - 16);
        Add(input_.substr(at + 12, captured), U32(at + 8));
      }
      at += length;
    }
    return std::move(capture_);
  }

 private:
  uint32_t U32(size_t at) const {
    const uint32_t value = Load32(input_, at);
    return swapped_ ? __builtin_bswap32(value) : value;
  }
  uint16_t U16(size_t at) const {
    uint16_t value = 0;
    std::memcpy(&value, input_.data() + at, sizeof value);
    return swapped_ ? __builtin_bswap16(value) : value;
  }

  void Add(absl::string_view bytes, size_t length) {
    const std::string place = absl::StrCat("packet ", ++packets_);
    if (link_type_ != kLinkTypeNetlink) {
      if (packets_ > 1) return;
      capture_.problems.push_back(absl::StrCat("the packets are of link type ", link_type_,
                                               "; those of an nlmon device are of link type ",
                                               kLinkTypeNetlink));
      return;
    }
    if (bytes.size() < kCookedHeader) {
      capture_.problems.push_back(absl::StrCat(place, ": only ", bytes.size(), " bytes"));
      return;
    }
    const auto byte = [&](size_t at) { return static_cast<uint8_t>(bytes[at]); };
    capture_.packets.push_back({.place = place,
                                .protocol = byte(14) << 8 | byte(15),
                                .bytes = std::string(bytes.substr(kCookedHeader)),
                                .missing = length > bytes.size() ? length - bytes.size() : 0});
  }

  Capture Fail(size_t at, absl::string_view what) {
    capture_.problems.push_back(absl::StrCat("offset ", at, ": ", what));
    return std::move(capture_);
  }

  const absl::string_view input_;
  bool swapped_ = false;  // written on a machine of the other byte order
  uint32_t link_type_ = 0;
  size_t packets_ = 0;
  Capture capture_;
};

}  // namespace

bool IsPcap(absl::string_view input) {
  if (input.size() < 4) return false;
  const uint32_t magic = Load32(input, 0);
  for (const uint32_t known : {kMicroseconds, kNanoseconds, kSectionHeader}) {
    if (magic == known || magic == __builtin_bswap32(known)) return true;
  }
  return false;
}

Capture ReadPcap(absl::string_view input) {
  const bool next_generation = Load32(input, 0) == kSectionHeader;
  return next_generation ? Reader(input).ReadNextGeneration() : Reader(input).ReadClassic();
}

}  // namespace genlc
