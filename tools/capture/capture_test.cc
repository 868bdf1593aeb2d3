#include "tools/capture/capture.h"

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A request of 20 bytes to the family 28.
constexpr char kHex[] =
    "140000001c0005000700000000000000"
    "04010000";

std::string Bytes(absl::string_view hex) { return absl::HexStringToBytes(hex); }

// Numbers in the byte order of this machine or the other one.
class File {
 public:
  explicit File(bool swapped) : swapped_(swapped) {}

  File& U32(uint32_t value) { return Add(swapped_ ? __builtin_bswap32(value) : value); }
  File& U16(uint16_t value) { return Add(swapped_ ? __builtin_bswap16(value) : value); }
  File& Text(absl::string_view text) {
    absl::StrAppend(&text_, text);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  template <typename T>
  File& Add(T value) {
    text_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }

  const bool swapped_;
  std::string text_;
};

std::string Cooked(absl::string_view bytes) {
  return absl::StrCat(Bytes("00040338000000000000000000000010"), bytes);
}

File Pcap(bool swapped, uint32_t magic = 0xa1b2c3d4, uint32_t link_type = 253) {
  File file(swapped);
  file.U32(magic).U16(2).U16(4).U32(0).U32(0).U32(65536).U32(link_type);
  return file;
}

File& AddPacket(File& file, absl::string_view bytes, uint32_t cut = 0) {
  const std::string packet = Cooked(bytes);
  const auto size = static_cast<uint32_t>(packet.size());
  return file.U32(1).U32(2).U32(size).U32(size + cut).Text(packet);
}

TEST(Pcap, GoodBothByteOrdersAndResolutions) {
  for (const bool swapped : {false, true}) {
    for (const uint32_t magic : {0xa1b2c3d4u, 0xa1b23c4du}) {
      File file = Pcap(swapped, magic);
      AddPacket(AddPacket(file, Bytes(kHex)), "x", 3);
      const Capture capture = ReadCapture(file.text());
      EXPECT_THAT(capture.problems, IsEmpty());
      ASSERT_THAT(capture.packets, SizeIs(2));
      EXPECT_EQ(capture.packets[0].bytes, Bytes(kHex));
      EXPECT_EQ(capture.packets[0].protocol, NETLINK_GENERIC);
      EXPECT_EQ(capture.packets[0].missing, 0u);
      EXPECT_EQ(capture.packets[1].place, "packet 2");
      EXPECT_EQ(capture.packets[1].missing, 3u);
    }
  }
}

TEST(Pcap, GoodNextGeneration) {
  for (const bool swapped : {false, true}) {
    const std::string packet = Cooked(Bytes(kHex));
    const auto size = static_cast<uint32_t>(packet.size());
    File file(swapped);
    file.U32(0x0a0d0d0a).U32(28).U32(0x1a2b3c4d).U16(1).U16(0).U32(~0u).U32(~0u).U32(28);
    file.U32(1).U32(20).U16(253).U16(0).U32(0).U32(20);
    file.U32(6).U32(32 + size).U32(0).U32(0).U32(0).U32(size).U32(size + 8).Text(packet);
    file.U32(32 + size);
    const Capture capture = ReadCapture(file.text());
    EXPECT_THAT(capture.problems, IsEmpty());
    ASSERT_THAT(capture.packets, SizeIs(1));
    EXPECT_EQ(capture.packets[0].bytes, Bytes(kHex));
    EXPECT_EQ(capture.packets[0].missing, 8u);
  }
}

TEST(Pcap, BadFilesAreToldWithTheirPlace) {
  File file = Pcap(false);
  AddPacket(file, Bytes(kHex));
  const std::string text = file.text();
  EXPECT_THAT(ReadCapture(text.substr(0, text.size() - 1)).problems,
              ElementsAre("offset 40: a packet is cut off"));
  EXPECT_THAT(ReadCapture(text.substr(0, 30)).problems,
              ElementsAre("offset 24: a record is cut off"));
  EXPECT_THAT(ReadCapture(text.substr(0, 10)).problems,
              ElementsAre("offset 0: the file header is cut off"));
  File ethernet = Pcap(false, 0xa1b2c3d4, 1);
  AddPacket(AddPacket(ethernet, "x"), "y");
  EXPECT_THAT(ReadCapture(ethernet.text()).problems,
              ElementsAre(HasSubstr("link type 1; those of an nlmon device are of link type 253")));
  for (size_t size = 0; size < text.size(); ++size)
    ReadPcap(text.substr(0, std::max<size_t>(size, 4)));
}

TEST(Hex, GoodAsPeopleAndProgramsWriteIt) {
  for (const std::string& text : {
           std::string(kHex),
           absl::StrCat("# a comment\n", kHex, "\n"),
           std::string("14 00 00 00 1c 00 05 00\n07 00 00 00 00 00 00 00\n04 01 00 00\n"),
           std::string("00000000: 1400 0000 1c00 0500 0700 0000 0000 0000  ................\n"
                       "00000010: 0401 0000                                ....\n"),
           std::string("00000000  14 00 00 00 1c 00 05 00  07 00 00 00 00 00 00 00  |........|\n"
                       "00000010  04 01 00 00                                       |....|\n"
                       "00000014\n"),
           std::string("static const unsigned char message[20] = {\n"
                       "\t0x14, 0x00, 0x00, 0x00, 0x1c, 0x00, 0x05, 0x00, 0x07, 0x00, 0x00, 0x00,\n"
                       "\t0x00, 0x00, 0x00, 0x00, 0x04, 0x01, 0x00, 0x00,\n};\n"),
       }) {
    const Capture capture = ReadCapture(text);
    EXPECT_THAT(capture.problems, IsEmpty()) << text;
    ASSERT_THAT(capture.packets, SizeIs(1)) << text;
    EXPECT_EQ(capture.packets[0].bytes, Bytes(kHex)) << text;
    EXPECT_EQ(capture.packets[0].protocol, std::nullopt);
  }
}

TEST(Hex, GoodLinesThatAreMessages) {
  const Capture capture = ReadCapture(absl::StrCat(kHex, "\n", kHex, "\n"));
  ASSERT_THAT(capture.packets, SizeIs(2));
  EXPECT_EQ(capture.packets[1].place, "line 2");
}

TEST(Hex, BadDigitsAreToldAndTheRestIsRead) {
  const Capture capture = ReadCapture(absl::StrCat("hello\n", kHex, "\n123\n"));
  EXPECT_THAT(capture.problems, ElementsAre("line 1: `h` is no hexadecimal digit",
                                            "line 3: an odd number of hexadecimal digits"));
  EXPECT_THAT(capture.packets, SizeIs(1));
}

constexpr char kHeader[] =
    "{nlmsg_len=20, nlmsg_type=0x1c /* thermo */, nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK, "
    "nlmsg_seq=7, nlmsg_pid=0}";
constexpr char kPayload[] = R"("\x04\x01\x00\x00")";

TEST(Strace, GoodAllCallsThatCarryMessages) {
  const std::string message = absl::StrCat("[", kHeader, ", ", kPayload, "]");
  const std::string raw = R"("\x14\x00\x00\x00\x1c\x00\x05\x00\x07\0\0\0\0\0\0\0\4\001\x00\x00")";
  const std::string vector = absl::StrCat(
      "{msg_name={sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, msg_namelen=12, "
      "msg_iov=[{iov_base=",
      message, ", iov_len=20}], msg_iovlen=1, msg_controllen=0, msg_flags=0}");
  for (const std::string& call : {
           absl::StrCat("sendto(3, ", message, ", 20, 0, NULL, 0) = 20"),
           absl::StrCat("sendto(3, ", raw, ", 20, 0, NULL, 0) = 20"),
           absl::StrCat("recvfrom(3, [", message, "], 4096, 0, NULL, NULL) = 20"),
           absl::StrCat("sendmsg(3, ", vector, ", 0) = 20"),
           absl::StrCat("[pid  12] recvmsg(3, ", vector, ", MSG_DONTWAIT) = 20"),
           absl::StrCat("77 12:00:01.5 recvmmsg(3<NETLINK:[GENERIC:1]>, [{msg_hdr=", vector,
                        ", msg_len=20}], 1, MSG_DONTWAIT, NULL) = 1 (left {tv_sec=0})"),
           absl::StrCat("5 sendmsg(3, ", vector, " <unfinished ...>\n6 close(9) = 0\n",
                        "5 <... sendmsg resumed>, 0) = 20"),
       }) {
    const Capture capture = ReadCapture(
        absl::StrCat("socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC) = 3\n", call, "\n"));
    ASSERT_THAT(capture.packets, SizeIs(1)) << call;
    EXPECT_EQ(absl::BytesToHexString(capture.packets[0].bytes), kHex) << call;
    EXPECT_EQ(capture.packets[0].missing, 0u) << call;
    EXPECT_EQ(capture.packets[0].protocol, NETLINK_GENERIC) << call;
  }
}

TEST(Strace, GoodErrorsAndDoneInWordsAreBytesAgain) {
  const Capture capture = ReadCapture(absl::StrCat(
      "recvfrom(3, [{nlmsg_len=52, nlmsg_type=NLMSG_ERROR, "
      "nlmsg_flags=NLM_F_CAPPED|NLM_F_ACK_TLVS, nlmsg_seq=7, nlmsg_pid=1}, {error=-ERANGE, msg=",
      kHeader, R"(}, [[{nla_len=8, nla_type=NLMSGERR_ATTR_MSG}, "\x6e\x6f\x00"], )",
      "[{nla_len=8, nla_type=NLMSGERR_ATTR_OFFS}, 20]]], 4096, 0, NULL, NULL) = 52\n",
      "recvfrom(3, [{nlmsg_len=20, nlmsg_type=NLMSG_DONE, nlmsg_flags=NLM_F_MULTI, nlmsg_seq=7, "
      "nlmsg_pid=1}, 0], 4096, 0, NULL, NULL) = 20\n"));
  ASSERT_THAT(capture.packets, SizeIs(2));
  EXPECT_EQ(absl::BytesToHexString(capture.packets[0].bytes),
            "34000000020000030700000001000000deffffff140000001c00050007000000000000000700"
            "01006e6f00000800020014000000");
  EXPECT_EQ(absl::BytesToHexString(capture.packets[1].bytes),
            "1400000003000200070000000100000000000000");
}

TEST(Strace, GoodDumpsOfBytesCountMoreThanWords) {
  const std::string words =
      "sendto(3, [{nlmsg_len=20, nlmsg_type=RTM_GETLINK, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
      "nlmsg_pid=0}, {ifi_family=AF_UNSPEC, ifi_type=ARPHRD_NETROM}], 20, 0, NULL, 0) = 20\n";
  const Capture blind = ReadCapture(words);
  ASSERT_THAT(blind.packets, SizeIs(1));
  EXPECT_EQ(blind.packets[0].missing, 4u);
  EXPECT_THAT(blind.packets[0].remedy, HasSubstr("-e read=all -e write=all"));
  EXPECT_THAT(blind.families, ElementsAre(::testing::Pair(::testing::_, "RTM_GETLINK")));

  const Capture capture = ReadCapture(absl::StrCat(
      words, " | 00000  14 00 00 00 1c 00 05 00  07 00 00 00 00 00 00 00  ................ |\n",
      " | 00010  04 01 00 00                                       ....             |\n"));
  ASSERT_THAT(capture.packets, SizeIs(1));
  EXPECT_EQ(absl::BytesToHexString(capture.packets[0].bytes), kHex);
  EXPECT_EQ(capture.packets[0].missing, 0u);
}

TEST(Strace, GoodWhatIsNoMessageIsPassedOver) {
  const std::string peek =
      absl::StrCat("recvfrom(3, [", kHeader, "], 20, MSG_PEEK, NULL, NULL) = 20");
  const Capture capture = ReadCapture(
      absl::StrCat("socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4\n",
                   "sendto(4, \"\\x01\", 1, 0, NULL, 0) = 1\n", peek, "\n",
                   "recvmsg(3, {msg_name={sa_family=AF_NETLINK}}, 0) = -1 EAGAIN (Resource ...)\n",
                   "sendmsg(3, {msg_name={sa_family=AF_NETLINK, +++ killed by SIGKILL +++\n"));
  EXPECT_THAT(capture.packets, IsEmpty());
}

TEST(Strace, GoodStringsThatStraceCutOffAreMissingTheirEnd) {
  const Capture capture = ReadCapture(absl::StrCat(
      "sendto(3, [{nlmsg_len=40, nlmsg_type=thermo, nlmsg_flags=0, nlmsg_seq=7, nlmsg_pid=0}, ",
      kPayload, "...], 40, 0, NULL, 0) = 40\n"));
  ASSERT_THAT(capture.packets, SizeIs(1));
  EXPECT_EQ(capture.packets[0].bytes.size(), 20u);
  EXPECT_EQ(capture.packets[0].missing, 20u);
}

}  // namespace
}  // namespace genlc
