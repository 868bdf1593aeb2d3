// genlc decode and genlc encode, each as the other's way back.
#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cerrno>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "genl/writer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/genlc/genlc.h"
#include "tools/genlc/memory.h"

namespace genlc {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kZoo[] = R"(# SPDX-License-Identifier: MIT
name: zoo
doc: d
attribute-sets:
  - {name: pen, doc: d, attributes: [{name: width, doc: d, type: u32, checks: {max: 90}}]}
  - name: animal
    doc: d
    attributes:
      - {name: id, doc: d, type: u32}
      - {name: name, doc: d, type: string}
      - {name: pen, doc: d, type: nest, nested-attributes: pen, multi-attr: true}
operations:
  list:
    - name: animal-get
      doc: d
      attribute-set: animal
      do: &both {request: {attributes: [id, name, pen]}, reply: {attributes: [id, name, pen]}}
      dump: *both
    - {name: animal-ntf, doc: d, notify: animal-get, mcgrp: news}
mcast-groups: {list: [{name: news}]}
)";

constexpr char kClassic[] = R"(# SPDX-License-Identifier: MIT
name: rt-zoo
protocol: netlink-raw
protonum: 25
doc: d
definitions:
  - {name: place, type: struct, members: [{name: aisle, type: u16}, {name: row, type: u16}]}
attribute-sets: [{name: item, doc: d, attributes: [{name: kind, doc: d, type: string}]}]
operations:
  enum-model: directional
  fixed-header: place
  list:
    - name: newitem
      doc: d
      attribute-set: item
      do: {request: {value: 20, attributes: [kind]}}
    - name: getitem
      doc: d
      attribute-set: item
      do: &both {request: {value: 22, attributes: [kind]}, reply: {value: 20, attributes: [kind]}}
      dump: *both
)";

// Builds what a kernel or a program would have sent.
class Datagram {
 public:
  Datagram& Message(uint16_t type, uint16_t flags, uint32_t sequence, absl::string_view payload) {
    const genl::Writer::Mark mark = writer_.BeginMessage(type, flags);
    writer_.Append(payload.data(), payload.size());
    writer_.FinishMessage(mark);
    writer_.SetSequence(mark, sequence);
    writer_.Extend((4 - payload.size() % 4) % 4);
    return *this;
  }
  std::string Hex() const { return absl::StrCat(absl::BytesToHexString(Text()), "\n"); }
  std::string Text() const {
    const genl::Bytes bytes = writer_.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

 private:
  genl::Writer writer_;
};

template <typename T>
std::string Raw(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}
std::string Attribute(uint16_t number, absl::string_view payload) {
  std::string text = Raw(static_cast<uint16_t>(4 + payload.size())) + Raw(number);
  absl::StrAppend(&text, payload);
  text.resize((text.size() + 3) / 4 * 4);
  return text;
}
std::string Command(uint8_t command) { return {static_cast<char>(command), 1, 0, 0}; }

class DecodeTest : public ::testing::Test {
 protected:
  // `words` are separated by single blanks.
  ExitStatus Run(const std::string& words) {
    MemoryEnvironment env(files_);
    env.Set("GENLC_SPEC_PATH", "specs");
    const ExitStatus status = genlc::Run(absl::StrSplit(words, ' '), env);
    out_ = env.out();
    err_ = env.err();
    return status;
  }
  // What is decoded of this input.
  std::string Decode(const std::string& input, const std::string& words = "") {
    files_.Put("input", input);
    status_ = Run(absl::StrCat("decode input", words.empty() ? "" : " ", words));
    return out_;
  }

  MemoryFiles files_{{"specs/zoo.yaml", kZoo}, {"specs/rt-zoo.yaml", kClassic}};
  ExitStatus status_ = ExitStatus::kDone;
  std::string out_;
  std::string err_;
};

TEST_F(DecodeTest, GoodEncodedRequestsComeBack) {
  const std::string request = " id=7 name=ape pen[0].width=3 pen[1].width=90";
  const std::string line =
      R"( seq=5 pid=0 flags=request,ack {"id":7,"name":"ape","pen":[{"width":3},{"width":90}]})";
  for (const char* format : {"hex", "raw", "c", "pcap"}) {
    ASSERT_EQ(Run(absl::StrCat("encode zoo animal-get --seq=5 --format=", format, request)),
              ExitStatus::kDone)
        << err_;
    const std::string encoded = out_;
    EXPECT_THAT(Decode(encoded, "zoo"), HasSubstr(": zoo animal-get request" + line)) << format;
    EXPECT_EQ(status_, ExitStatus::kDone);
    EXPECT_THAT(err_, IsEmpty());
  }
}

TEST_F(DecodeTest, GoodClassicRequestsComeBackByTheirProtocol) {
  ASSERT_EQ(Run("encode rt-zoo getitem --dump --format=pcap header.aisle=3 kind=box"),
            ExitStatus::kDone);
  const std::string dump = out_;
  EXPECT_EQ(Decode(dump, "zoo rt-zoo"),
            "packet 1: rt-zoo getitem request seq=1 pid=0 flags=request,ack,dump "
            R"({"header":{"aisle":3,"row":0},"kind":"box"})"
            "\n");
  ASSERT_EQ(Run("encode rt-zoo newitem --flags=create,excl"), ExitStatus::kDone);
  const std::string make = out_;
  EXPECT_THAT(Decode(make, "rt-zoo"), HasSubstr("flags=request,ack,excl,create"));
}

TEST_F(DecodeTest, GoodEncodedBytesAreThoseOfTheHeaders) {
  ASSERT_EQ(Run("encode zoo animal-get --family-id=28 --seq=9 id=7"), ExitStatus::kDone);
  EXPECT_EQ(out_,
            "1c0000001c00050009000000000000000101000008000100"
            "07000000\n");
}

TEST_F(DecodeTest, GoodNumbersAreLearnedFromTheCapture) {
  const std::string family = Command(CTRL_CMD_NEWFAMILY) +
                             Attribute(CTRL_ATTR_FAMILY_ID, Raw(uint16_t{31})) +
                             Attribute(CTRL_ATTR_FAMILY_NAME, absl::string_view("zoo\0", 4));
  const std::string reply = Command(1) + Attribute(1, Raw(7u));
  const std::string text = Decode(Datagram()
                                      .Message(31, 0, 1, reply)
                                      .Message(GENL_ID_CTRL, 0, 2, family)
                                      .Message(31, 0, 3, reply)
                                      .Message(31, 0, 0, Command(2))
                                      .Text());
  EXPECT_THAT(text, HasSubstr("input: #31 #1 reply seq=1 pid=0 {\"#hex\":\"0800010007000000\"}\n"));
  EXPECT_THAT(text, HasSubstr(": zoo animal-get reply seq=3 pid=0 {\"id\":7}\n"));
  EXPECT_THAT(text, HasSubstr(": zoo animal-ntf notification seq=0 pid=0 {}\n"));
  EXPECT_EQ(status_, ExitStatus::kDone) << err_;
}

TEST_F(DecodeTest, GoodNumbersFromTheCommandLine) {
  const std::string bytes = Datagram().Message(31, 0, 1, Command(1)).Text();
  EXPECT_THAT(Decode(bytes, "--family-id=zoo=31"), HasSubstr("input: zoo animal-get reply"));
  EXPECT_THAT(Decode(bytes, "--family-id=other=31"), HasSubstr("input: other #1 reply"));
  EXPECT_THAT(Decode(bytes, "--family-id=zoo"), IsEmpty());
  EXPECT_EQ(status_, ExitStatus::kWrongUsage);
  EXPECT_THAT(err_, HasSubstr("it is NAME=NUMBER"));
}

TEST_F(DecodeTest, GoodErrorsPointIntoTheRequest) {
  const std::string request = Command(1) + Attribute(1, Raw(7u)) +
                              Attribute(3, Attribute(1, Raw(1u))) +
                              Attribute(3, Attribute(1, Raw(91u)));
  // The width of the second pen stands 16 + 4 + 8 + 12 + 4 bytes into the message.
  const std::string ack = Raw(-ERANGE) + std::string(16, '\0') +
                          Attribute(NLMSGERR_ATTR_MSG, absl::string_view("too wide\0", 9)) +
                          Attribute(NLMSGERR_ATTR_OFFS, Raw(44u));
  const std::string text =
      Decode(Datagram()
                 .Message(31, NLM_F_REQUEST | NLM_F_ACK, 4, request)
                 .Message(NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS, 4, ack)
                 .Message(NLMSG_ERROR, NLM_F_CAPPED, 4, Raw(0) + std::string(16, '\0'))
                 .Message(NLMSG_DONE, NLM_F_MULTI, 4, Raw(0))
                 .Text(),
             "zoo");
  EXPECT_THAT(text, HasSubstr(": zoo animal-get error seq=4 pid=0 flags=capped,ack-tlvs Numerical "
                              "result out of range: too wide (attribute `pen[1].width`)\n"));
  EXPECT_THAT(text, HasSubstr(": zoo animal-get ack seq=4 pid=0 flags=capped\n"));
  EXPECT_THAT(text, HasSubstr(": done seq=4 pid=0 flags=multi\n"));
  EXPECT_EQ(status_, ExitStatus::kDone) << err_;
  const std::string json = Decode(Datagram()
                                      .Message(31, NLM_F_REQUEST, 4, request)
                                      .Message(NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS, 4, ack)
                                      .Text(),
                                  "zoo --format=json");
  EXPECT_THAT(json, HasSubstr(R"("kind":"request","type":31,"flags":["request"],"seq":4,"pid":0,)"
                              R"("msg":{"id":7,"pen":[{"width":1},{"width":91}]}})"));
  EXPECT_THAT(json, HasSubstr(R"("kind":"error","type":2,"flags":["capped","ack-tlvs"],"seq":4,)"
                              R"("pid":0,"error":34,"text":"Numerical result)"));
  EXPECT_THAT(json, HasSubstr(R"(,"attribute":"pen[1].width"})"));
}

TEST_F(DecodeTest, GoodErrorsRepeatRequestsThatWereNotSeen) {
  const std::string request =
      Datagram().Message(31, NLM_F_REQUEST, 4, Command(1) + Attribute(1, "12345")).Text();
  const std::string ack = Raw(-EINVAL) + request + Attribute(NLMSGERR_ATTR_OFFS, Raw(20u));
  EXPECT_THAT(Decode(Datagram().Message(NLMSG_ERROR, NLM_F_ACK_TLVS, 4, ack).Text(), "zoo"),
              HasSubstr("zoo animal-get error seq=4 pid=0 flags=ack-tlvs Invalid argument "
                        "(attribute `id`)\n"));
}

TEST_F(DecodeTest, BadBytesAreToldWithTheirOffsetAndTheRestIsRead) {
  const std::string good = Datagram().Message(31, 0, 1, Command(1) + Attribute(1, Raw(7u))).Hex();
  const std::string longer =
      Datagram().Message(31, 0, 2, Command(1) + Attribute(1, Raw(8u)) + "\x40").Hex();
  std::string beyond = Command(1) + Attribute(1, Raw(9u)) + Attribute(2, "ape");
  beyond[12] = 99;
  const std::string attribute = Datagram().Message(31, 0, 3, beyond).Hex();
  const std::string text = Decode(absl::StrCat(longer, "\n", attribute, "\n00112233445566\n\n",
                                               "ff000000", std::string(24, '0'), "\n\n", good),
                                  "zoo");
  EXPECT_EQ(status_, ExitStatus::kWrongInput);
  EXPECT_THAT(text, HasSubstr("line 1: zoo animal-get reply seq=2 pid=0 {\"id\":8}\n"));
  EXPECT_THAT(text, HasSubstr("line 3: zoo animal-get reply seq=3 pid=0 {\"id\":9}\n"));
  EXPECT_THAT(text, HasSubstr("zoo animal-get reply seq=1 pid=0 {\"id\":7}\n"));
  EXPECT_THAT(err_, HasSubstr("line 1, offset 28: 1 bytes that are no attribute\n"));
  EXPECT_THAT(err_,
              HasSubstr("line 3, offset 28: attribute 2 says it has 99 bytes where 8 are left"));
  EXPECT_THAT(err_, HasSubstr("offset 0: 7 bytes that are no message\n"));
  EXPECT_THAT(err_, HasSubstr("offset 0: a message says it has 255 bytes where 16 are left\n"));
}

TEST_F(DecodeTest, BadMessageOfAnotherByteOrderIsSaidToBeOne) {
  EXPECT_THAT(Decode("00000014001c00050000000700000000"
                     "04010000",
                     "zoo"),
              IsEmpty());
  EXPECT_EQ(status_, ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("line 1, offset 0: a message in the byte order of another kind"));
}

TEST_F(DecodeTest, BadCapturesThatAreCutShowWhatThereIs) {
  ASSERT_EQ(Run("encode zoo animal-get --format=pcap id=7 name=orangutan"), ExitStatus::kDone);
  std::string pcap = out_;
  constexpr size_t kCut = 6;
  pcap.resize(pcap.size() - kCut);
  pcap[24 + 8] = static_cast<char>(pcap[24 + 8] - kCut);
  EXPECT_EQ(Decode(pcap, "zoo"),
            "packet 1: zoo animal-get request seq=1 pid=0 flags=request,ack {\"id\":7}\n");
  EXPECT_EQ(status_, ExitStatus::kWrongInput);
  EXPECT_THAT(err_, HasSubstr("packet 1, offset 38: the capture has not the 6 bytes behind\n"));
}

TEST_F(DecodeTest, BadInputIsOneDiagnostic) {
  EXPECT_EQ(Run("decode nosuch"), ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc decode: nosuch: No such file or directory\n");
  EXPECT_THAT(Decode(""), IsEmpty());
  EXPECT_EQ(status_, ExitStatus::kWrongInput);
  EXPECT_EQ(err_, "genlc decode: there is no message\n");
  EXPECT_THAT(Decode("00", "nosuch"), IsEmpty());
  EXPECT_EQ(status_, ExitStatus::kWrongInput);
  for (const auto& [words, text] : std::vector<std::pair<std::string, std::string>>{
           {"zoo animal-gte", "did you mean `animal-get`?"},
           {"zoo animal-ntf", "`animal-ntf` is a notification"},
           {"rt-zoo newitem --dump", "`newitem` cannot be dumped"},
           {"rt-zoo newitem nosuch=1", "`nosuch`"},
           {"zoo animal-get pen.width=91", "pen"},
           {"zoo animal-get id=x", "id=x\n"}}) {
    EXPECT_EQ(Run("encode " + words), ExitStatus::kWrongInput) << words;
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_THAT(err_, HasSubstr(text));
  }
}

// Whatever the bytes are, decoding ends and stays inside them.
TEST_F(DecodeTest, GoodNoBytesAreTooBad) {
  ASSERT_EQ(Run("encode zoo animal-get --format=raw id=7 pen[0].width=3"), ExitStatus::kDone);
  const std::string request = out_;
  const std::string ack = Datagram()
                              .Message(NLMSG_ERROR, NLM_F_ACK_TLVS, 1,
                                       Raw(-1) + request + Attribute(NLMSGERR_ATTR_OFFS, Raw(20u)))
                              .Text();
  for (size_t i = 0; i < request.size() + ack.size(); i += 2) {
    for (const int flip : {0x10, 0xff}) {
      std::string bytes = request + ack;
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      files_.Put("input", bytes);
      Run("decode input zoo");
    }
  }
}

}  // namespace
}  // namespace genlc
