#include "tests/sanitised/damage.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <utility>

namespace genlc {
namespace {

constexpr size_t kMaxCopies = 300;
constexpr size_t kMaxWraps = 40;
// A datagram has to fit the sender's buffer.
constexpr size_t kMaxMessage = 100000;

}  // namespace

void Damage::Apply(std::vector<uint8_t>& message, size_t headers) {
  Pieces pieces = Parse(genl::Bytes(message).subspan(headers));
  for (uint64_t changes = 1 + Below(4); changes > 0; --changes) Change(pieces);
  message.resize(headers);
  Print(pieces, message);
  message.resize(std::min(message.size(), kMaxMessage));
  const uint32_t length = static_cast<uint32_t>(message.size());
  std::memcpy(message.data(), &length, sizeof(length));
  if (OneIn(8)) ChangeHeaders(message);
  if (OneIn(8)) ChangeBytes(message);
}

Damage::Pieces Damage::Parse(genl::Bytes bytes) {
  Pieces pieces;
  genl::Bytes rest = bytes;
  genl::AttributeReader reader(bytes);
  while (const auto attribute = reader.Next()) {
    Piece& piece = pieces.emplace_back();
    std::memcpy(&piece.type, rest.data() + offsetof(nlattr, nla_type), sizeof(piece.type));
    if (piece.type & NLA_F_NESTED) piece.inside = Parse(attribute->payload);
    if (piece.inside.empty()) {
      piece.payload.assign(attribute->payload.begin(), attribute->payload.end());
    }
    rest = reader.rest();
  }
  return pieces;
}

void Damage::Print(const Pieces& pieces, std::vector<uint8_t>& to) {
  for (const Piece& piece : pieces) {
    const size_t start = to.size();
    to.resize(start + NLA_HDRLEN);
    to.insert(to.end(), piece.payload.begin(), piece.payload.end());
    Print(piece.inside, to);
    const nlattr header = {static_cast<uint16_t>(to.size() - start + piece.length_error),
                           piece.type};
    std::memcpy(to.data() + start, &header, sizeof(header));
    to.resize(NLA_ALIGN(to.size()));
  }
}

void Damage::Collect(Pieces& pieces, std::vector<Pieces*>& lists) {
  if (pieces.empty()) return;
  lists.push_back(&pieces);
  for (Piece& piece : pieces) Collect(piece.inside, lists);
}

void Damage::Change(Pieces& top) {
  std::vector<Pieces*> lists;
  Collect(top, lists);
  if (lists.empty()) {
    top.push_back(Unknown());
    return;
  }
  Pieces& list = *lists[Below(lists.size())];
  const size_t at = Below(list.size());
  Piece& piece = list[at];
  switch (Below(12)) {
    case 0:
    case 1: return ChangeValue(piece);
    case 2: return ChangeLength(piece);
    case 3: return ChangeType(piece);
    case 4: return Wrap(piece);
    case 5: std::swap(piece, list[Below(list.size())]); return;
    case 6: list.erase(list.begin() + at); return;
    case 7: list.insert(list.begin() + at, Piece(piece)); return;
    case 8: {
      const Piece copy = piece;
      list.insert(list.end(), OneIn(8) ? 1 + Below(kMaxCopies) : 1, copy);
      return;
    }
    case 9: list.insert(list.begin() + at, Unknown()); return;
    case 10: {
      // Into another list: something at the wrong level.
      Piece moved = piece;
      Pieces& other = *lists[Below(lists.size())];
      other.insert(other.begin() + Below(other.size() + 1), std::move(moved));
      return;
    }
    default: piece.length_error = static_cast<int>(Below(9)) - 4; return;
  }
}

void Damage::ChangeValue(Piece& piece) {
  static constexpr uint8_t kFillings[] = {0x00, 0xff, 0x7f, 0x80, 0x01};
  if (piece.payload.empty()) piece.payload.resize(Below(9));
  if (piece.payload.empty()) return;
  if (OneIn(2)) {
    std::fill(piece.payload.begin(), piece.payload.end(), kFillings[Below(std::size(kFillings))]);
  } else {
    piece.payload[Below(piece.payload.size())] = static_cast<uint8_t>(random_());
  }
}

// More or fewer bytes, or a length that does not tell the truth.
void Damage::ChangeLength(Piece& piece) {
  switch (Below(4)) {
    case 0: piece.payload.resize(Below(piece.payload.size() + 1)); return;
    case 1: piece.payload.resize(piece.payload.size() + 1 + Below(70), 'x'); return;
    case 2: piece.payload.resize(OneIn(8) ? Below(0x10000) : Below(40), 0); return;
    default: piece.length_error = static_cast<int>(random_());
  }
}

void Damage::ChangeType(Piece& piece) {
  switch (Below(4)) {
    case 0: piece.type ^= NLA_F_NESTED; return;
    case 1: piece.type ^= NLA_F_NET_BYTEORDER; return;
    case 2: piece.type = static_cast<uint16_t>(random_()); return;
    default: piece.type = static_cast<uint16_t>(Below((piece.type & NLA_TYPE_MASK) + 8));
  }
}

// Into nests of its own type, deeper than anybody expects.
void Damage::Wrap(Piece& piece) {
  for (uint64_t levels = 1 + (OneIn(4) ? Below(kMaxWraps) : 0); levels > 0; --levels) {
    Piece outer;
    outer.type = piece.type | NLA_F_NESTED;
    outer.inside.push_back(std::move(piece));
    piece = std::move(outer);
  }
}

Damage::Piece Damage::Unknown() {
  Piece piece;
  piece.type = static_cast<uint16_t>(OneIn(2) ? Below(64) : random_());
  piece.payload.resize(Below(12), static_cast<uint8_t>(random_()));
  return piece;
}

void Damage::ChangeHeaders(std::vector<uint8_t>& message) {
  nlmsghdr header;
  genlmsghdr generic;
  std::memcpy(&header, message.data(), sizeof(header));
  std::memcpy(&generic, message.data() + NLMSG_HDRLEN, sizeof(generic));
  switch (Below(8)) {
    case 0: header.nlmsg_len = static_cast<uint32_t>(Below(message.size() + 40)); break;
    case 1: header.nlmsg_len = static_cast<uint32_t>(random_()); break;
    case 2: header.nlmsg_type = static_cast<uint16_t>(Below(40)); break;
    case 3: header.nlmsg_flags = static_cast<uint16_t>(random_()); break;
    case 4: header.nlmsg_flags ^= NLM_F_DUMP; break;
    case 5: generic.cmd = static_cast<uint8_t>(OneIn(2) ? Below(20) : random_()); break;
    case 6: generic.version = static_cast<uint8_t>(random_()); break;
    default: generic.reserved = static_cast<uint16_t>(random_()); break;
  }
  std::memcpy(message.data(), &header, sizeof(header));
  std::memcpy(message.data() + NLMSG_HDRLEN, &generic, sizeof(generic));
}

// Any byte behind the headers, or an end in the middle of something.
void Damage::ChangeBytes(std::vector<uint8_t>& message) {
  const size_t start = NLMSG_HDRLEN + GENL_HDRLEN;
  if (message.size() <= start) return;
  const size_t at = start + Below(message.size() - start);
  if (OneIn(2)) {
    message[at] = static_cast<uint8_t>(random_());
    return;
  }
  message.resize(at);
  const uint32_t length = static_cast<uint32_t>(at);
  std::memcpy(message.data(), &length, sizeof(length));
}

}  // namespace genlc
