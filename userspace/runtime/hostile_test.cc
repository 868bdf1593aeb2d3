// Replies that no kernel should send, and system calls that fail: each gives the right value or the
// right error, and the next request works. Under the sanitizers nothing leaks.
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <functional>

#include "genl/dump.h"
#include "genl/fake_kernel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace {
// With what the next receives of the process fail, the first first.
constexpr int kMostFailures = 3;
std::atomic<int> failures[kMostFailures];
}  // namespace

// In the place of the C library's.
extern "C" int recvmmsg(int fd, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  for (std::atomic<int>& failure : failures) {
    if (const int error = failure.exchange(0); error != 0) {
      errno = error;
      return -1;
    }
  }
  return static_cast<int>(syscall(SYS_recvmmsg, fd, messages, count, flags, timeout));
}

namespace genl::test {
namespace {

using testing::HasSubstr;

constexpr Family kFamily = {"thing", 1};
constexpr Operation kGet = {"get", 7, &kPartLayout, 7, &kEverythingLayout};

using Datagrams = std::vector<ByteString>;

ByteString Good(const FakeRequest& r) { return Reply(r, Attr(1, {5})); }
const Everything kGood = {.u8 = 5};

FakeRequest Other(FakeRequest request, uint32_t sequence, uint32_t port) {
  request.header.nlmsg_seq += sequence;
  request.header.nlmsg_pid += port;
  return request;
}

// Nests of `tree` in each other.
ByteString Nested(int depth) {
  ByteString bytes = Attr(1, {1});
  while (depth-- > 0) bytes = Attr(2, bytes);
  return bytes;
}

struct HostileReply {
  const char* name;
  // The answer; to a dump it is followed by an end.
  std::function<Datagrams(const FakeRequest&)> answer;
  // What comes of it: a value, or words of the error.
  std::variant<Everything, const char*> outcome;
};

std::ostream& operator<<(std::ostream& out, const HostileReply& reply) { return out << reply.name; }

// `attributes` in an otherwise good answer.
std::function<Datagrams(const FakeRequest&)> With(ByteString attributes) {
  return [attributes](const FakeRequest& r) { return Datagrams{Reply(r, attributes), Ack(r)}; };
}
std::function<Datagrams(const FakeRequest&)> Refused(ByteString extack) {
  return [extack](const FakeRequest& r) { return Datagrams{Ack(r, EINVAL, extack)}; };
}

const HostileReply kReplies[] = {
    // Messages.
    {"ErrorInTheMiddleOfADatagram",
     [](const FakeRequest& r) {
       return Datagrams{genl::test::Join({Good(r), Ack(r, EIO), Good(r), Ack(r)})};
     },
     "Input/output error"},
    {"AnotherSequenceNumber",
     [](const FakeRequest& r) {
       return Datagrams{Reply(Other(r, 1, 0), Attr(1, {6})), Ack(Other(r, 1, 0), EIO), Good(r),
                        Ack(r)};
     },
     kGood},
    {"AnswerToAnEarlierRequest",
     [](const FakeRequest& r) {
       return Datagrams{Reply(Other(r, -1, 0), Attr(1, {6})), Ack(Other(r, -1, 0)), Good(r),
                        Ack(r)};
     },
     kGood},
    {"AnswerToAnotherSocket",
     [](const FakeRequest& r) {
       return Datagrams{
           genl::test::Join({Reply(Other(r, 0, 1), Attr(1, {6})), Ack(Other(r, 0, 1))}), Good(r),
           Ack(r)};
     },
     kGood},
    {"NotificationBetweenReplyAndAcknowledgement",
     [](const FakeRequest& r) {
       return Datagrams{Event(7, Attr(1, {6})), Good(r), Event(9, {1, 2, 3}), Ack(r)};
     },
     kGood},
    {"UnknownCommandBeforeTheReply",
     [](const FakeRequest& r) {
       return Datagrams{ReplyAs(99, r, {1, 2, 3}), Good(r), Ack(r)};
     },
     kGood},
    {"UnknownCommandInsteadOfTheReply",
     [](const FakeRequest& r) {
       return Datagrams{ReplyAs(99, r, {}), Ack(r)};
     },
     "answered by command 99 where 7 should have come"},
    {"MessageOfAnotherFamily",
     [](const FakeRequest& r) {
       return Datagrams{Message(0x77, 0, r.header.nlmsg_seq, r.header.nlmsg_pid, {7, 1, 0, 0}),
                        Good(r), Ack(r)};
     },
     kGood},
    {"HeaderThatIsCutOff", [](const FakeRequest&) { return Datagrams{ByteString(15)}; },
     "a truncated message"},
    {"MessageLongerThanItsDatagram",
     [](const FakeRequest& r) {
       ByteString reply = Good(r);
       reply[0] += 8;
       return Datagrams{reply};
     },
     "a truncated message"},
    {"DatagramLongerThanTheBuffer",
     [](const FakeRequest& r) {
       return Datagrams{Reply(r, Attr(77, ByteString(60'000))), Ack(r)};
     },
     "lost a message of 60024 bytes"},
    {"AcknowledgementThatIsCutOff",
     [](const FakeRequest& r) {
       return Datagrams{Message(NLMSG_ERROR, 0, r.header.nlmsg_seq, r.header.nlmsg_pid, {0, 0})};
     },
     "a malformed acknowledgement"},
    // Attributes.
    {"AttributeLongerThanItsMessage", With({200, 0, 1, 0, 5, 0, 0, 0}),
     "an attribute does not fit in the last 8 bytes"},
    {"AttributeShorterThanItsHeader", With({3, 0, 1, 0}), "an attribute does not fit"},
    {"AttributeLongerThanItsNest", With(Attr(11, {100, 0, 1, 0, 5, 0, 0, 0})),
     "attribute `part`: an attribute does not fit in the last 8 bytes"},
    {"IntegerOfTheWrongSize", With(Attr(3, {1, 2, 3})), "attribute `s32`: 3 bytes where"},
    {"ZeroLengthScalarAmongMany", With(Join({Attr(13, {1, 0}), Attr(13, ByteString())})),
     "attribute `numbers[1]`: 0 bytes where an integer has 2"},
    {"ZeroLengthScalarInAnArray", With(Attr(16, {Attr(0, {1, 0, 0, 0}), Attr(1, ByteString())})),
     "attribute `indexed-numbers[1]`: 0 bytes where an integer has 4"},
    {"ArrayThatIsNoMultipleOfItsElements", With(Attr(10, {1, 2, 3, 4, 5})),
     "attribute `array`: 5 bytes are no array of 32-bit integers"},
    {"StringWithoutNul", With(Attr(8, {'a', 'b'})), Everything{.string = "ab"}},
    {"StringOfNothing", With(Attr(8, ByteString())), Everything{.string = ""}},
    {"StringTwice", With(Join({Attr(8, {'a', 'b', 'c', 0}), Attr(8, {'d', 0})})),
     Everything{.string = "d"}},
    {"UnknownAttribute", With(Join({Attr(1, {5}), Attr(999, ByteString(77))})), kGood},
    {"NestedAThousandDeep", With(Attr(19, Nested(1000))), "nests stand too deep in each other"},
    // Extended acknowledgements, which must not hide the error.
    {"OffsetBehindTheRequest", Refused(Attr(NLMSGERR_ATTR_OFFS, {255, 255, 0, 0})),
     "thing.get: Invalid argument"},
    {"OffsetBeforeTheAttributes", Refused(Attr(NLMSGERR_ATTR_OFFS, {3, 0, 0, 0})),
     "thing.get: Invalid argument"},
    {"OffsetBetweenAttributes", Refused(Attr(NLMSGERR_ATTR_OFFS, {21, 0, 0, 0})),
     "thing.get: Invalid argument"},
    {"OffsetOfTwoBytes", Refused(Attr(NLMSGERR_ATTR_OFFS, {20, 0})), "thing.get: Invalid argument"},
    {"MissingAttributeInANestThatIsNone",
     Refused(Join({Attr(NLMSGERR_ATTR_MISS_TYPE, {1, 0, 0, 0}),
                   Attr(NLMSGERR_ATTR_MISS_NEST, {255, 255, 255, 255})})),
     "thing.get: Invalid argument"},
    {"MissingAttributeThatNobodyHas", Refused(Attr(NLMSGERR_ATTR_MISS_TYPE, {255, 255, 255, 255})),
     "thing.get: Invalid argument"},
    {"ExtendedAcknowledgementThatIsCutOff", Refused({200, 0, 1, 0}), "thing.get: Invalid argument"},
};

// Answers the first request so, and all others well.
class Hostile : public testing::TestWithParam<HostileReply> {
 protected:
  Hostile()
      : kernel_([this](const FakeRequest& r) { return Answer(r); }),
        client_(*Client::Connect(kFamily, {.timeout = absl::Milliseconds(2000),
                                           .socket = {.capacity = 32'768},
                                           .transport = &kernel_})) {}

  Datagrams Answer(const FakeRequest& r) {
    const bool dump = r.header.nlmsg_flags & NLM_F_DUMP;
    Datagrams answer = attacked_.exchange(true) ? Datagrams{Good(r)} : GetParam().answer(r);
    if (dump) answer.push_back(Done(r));
    if (!dump && answer == Datagrams{Good(r)}) answer.push_back(Ack(r));
    return answer;
  }

  void Expect(const absl::Status& status, const Everything& value) {
    if (const auto* words = std::get_if<const char*>(&GetParam().outcome)) {
      EXPECT_THAT(std::string(status.message()), HasSubstr(*words));
    } else {
      EXPECT_TRUE(status.ok()) << status;
      EXPECT_EQ(value, std::get<Everything>(GetParam().outcome));
    }
  }

  std::atomic<bool> attacked_ = false;
  FakeKernel kernel_;
  Client client_;
  const Part request_{1};
};

TEST_P(Hostile, RequestAndTheNextOne) {
  Everything reply;
  Expect(client_.Do(kGet, &request_, &reply), reply);
  for (int i = 0; i < 2; ++i) {
    const absl::Status next = client_.Do(kGet, &request_, &reply);
    EXPECT_TRUE(next.ok()) << next;
    EXPECT_EQ(reply, kGood);
  }
}

// All of them end, too, where a dump is answered so: in objects or in an error.
TEST_P(Hostile, DumpAndTheNextOne) {
  Dump<Everything>(client_, kGet, &request_).Collect().IgnoreError();
  const auto next = Dump<Everything>(client_, kGet, &request_).Collect();
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_THAT(*next, testing::ElementsAre(kGood));
}

INSTANTIATE_TEST_SUITE_P(Replies, Hostile, testing::ValuesIn(kReplies),
                         [](const auto& info) { return std::string(info.param.name); });

class FailingReceive : public testing::Test {
 protected:
  FailingReceive()
      : kernel_([](const FakeRequest& r) {
          return Datagrams{Good(r), Ack(r)};
        }),
        client_(*Client::Connect(kFamily, {.transport = &kernel_})) {}

  // A request whose first receives fail so.
  absl::Status After(std::vector<int> errors) {
    for (size_t i = 0; i < errors.size(); ++i) failures[i] = errors[i];
    Everything reply;
    const absl::Status status = client_.Do(kGet, &request_, &reply);
    EXPECT_EQ(status.ok(), reply == kGood);
    return status;
  }

  FakeKernel kernel_;
  Client client_;
  const Part request_{1};
};

TEST_F(FailingReceive, GoodSignalsAndSocketsThatAreNotReadyYet) {
  EXPECT_TRUE(After({EINTR, EAGAIN, EINTR}).ok());
  EXPECT_TRUE(After({EAGAIN, EAGAIN}).ok());
}

// What was dropped may have been the reply: the next request must not wait for it, nor take it.
TEST_F(FailingReceive, BadOverrunEndsOneRequest) {
  EXPECT_EQ(After({ENOBUFS}).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(After({}).ok());
}

TEST_F(FailingReceive, BadSocketThatFailsEndsOneRequest) {
  EXPECT_EQ(After({EPERM}).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(After({}).ok());
}

TEST_F(FailingReceive, BadOverrunEndsADump) {
  failures[0] = ENOBUFS;
  Dump<Everything> dump(client_, kGet, &request_);
  EXPECT_EQ(dump.Collect().status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(After({}).ok());
}

// The first dump ended early with much of it still in its socket.
TEST(StaleReply, GoodAfterADumpThatWasInterrupted) {
  FakeRequest first;
  FakeKernel kernel([&](const FakeRequest& r) {
    if (first.header.nlmsg_seq == 0) {
      first = r;
      return Datagrams{Good(r), Reply(r, Attr(1, {6}), NLM_F_DUMP_INTR), Done(r)};
    }
    return Datagrams{Reply(first, Attr(1, {7})), Done(first, EIO), Good(r), Done(r)};
  });
  Client client = *Client::Connect(kFamily, {.transport = &kernel});
  const Part request{1};
  const auto objects = Dump<Everything>(client, kGet, &request).Collect();
  ASSERT_TRUE(objects.ok()) << objects.status();
  EXPECT_THAT(*objects, testing::ElementsAre(kGood));
}

}  // namespace
}  // namespace genl::test
