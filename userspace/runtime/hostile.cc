#include "genl/hostile.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace genl::test {
namespace {

// Whether the call is to fail.
bool Fails(std::vector<int>& errors) {
  if (errors.empty()) return false;
  const int error = errors.front();
  errors.erase(errors.begin());
  errno = error;
  return error != 0;
}

}  // namespace

Failures& FailuresOfThisThread() {
  thread_local Failures failures;
  return failures;
}

}  // namespace genl::test

// In the place of the C library's.
extern "C" int recvmmsg(int fd, mmsghdr* messages, unsigned count, int flags, timespec* timeout) {
  if (genl::test::Fails(genl::test::FailuresOfThisThread().receive)) return -1;
  return static_cast<int>(syscall(SYS_recvmmsg, fd, messages, count, flags, timeout));
}

extern "C" ssize_t send(int fd, const void* data, size_t size, int flags) {
  if (genl::test::Fails(genl::test::FailuresOfThisThread().send)) return -1;
  return syscall(SYS_sendto, fd, data, size, flags, nullptr, 0);
}

extern "C" int poll(pollfd* pollers, nfds_t count, int timeout) {
  if (genl::test::Fails(genl::test::FailuresOfThisThread().poll)) return -1;
  return static_cast<int>(syscall(SYS_poll, pollers, count, timeout));
}

namespace genl::test {
namespace {

ByteString Good(const FakeRequest& r) { return Reply(r, GoodAttributes()); }
ByteString Six() { return Attr(1, {6}); }

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

HostileReply Refused(const char* name, const ByteString& extack) {
  return {name, [extack](const FakeRequest& r) { return Datagrams{Ack(r, EINVAL, extack)}; },
          "thing.get: Invalid argument"};
}

std::vector<HostileReply> HostileMessages() {
  return {
      {"ErrorInTheMiddleOfADatagram",
       [](const FakeRequest& r) {
         return Datagrams{Join({Good(r), Ack(r, EIO), Good(r), Ack(r)})};
       },
       "Input/output error"},
      {"AnotherSequenceNumber",
       [](const FakeRequest& r) {
         return Datagrams{Reply(Other(r, 1000, 0), Six()), Ack(Other(r, 1000, 0), EIO), Good(r),
                          Ack(r)};
       },
       kGood},
      {"AnswerToAnEarlierRequest",
       [](const FakeRequest& r) {
         return Datagrams{Reply(Other(r, -1, 0), Six()), Ack(Other(r, -1, 0)), Good(r), Ack(r)};
       },
       kGood},
      {"AnswerToAnotherSocket",
       [](const FakeRequest& r) {
         return Datagrams{Join({Reply(Other(r, 0, 1), Six()), Ack(Other(r, 0, 1))}), Good(r),
                          Ack(r)};
       },
       kGood},
      {"NotificationBetweenReplyAndAcknowledgement",
       [](const FakeRequest& r) {
         return Datagrams{Event(7, Six()), Good(r), Event(9, {1, 2, 3}), Ack(r)};
       },
       kGood},
      {"UnknownCommandBeforeTheReply",
       [](const FakeRequest& r) {
         return Datagrams{ReplyAs(99, r, {1, 2, 3}), Good(r), Ack(r)};
       },
       kGood, "an object of command 99 where 7 should have come"},
      {"UnknownCommandInsteadOfTheReply",
       [](const FakeRequest& r) {
         return Datagrams{ReplyAs(99, r, {}), Ack(r)};
       },
       "answered by command 99 where 7 should have come",
       "an object of command 99 where 7 should have come"},
      {"MessageOfAnotherFamily",
       [](const FakeRequest& r) {
         return Datagrams{Message(0x77, 0, r.header.nlmsg_seq, r.header.nlmsg_pid, {7, 1, 0, 0}),
                          Good(r), Ack(r)};
       },
       kGood},
      {"HeaderThatIsCutOff",
       [](const FakeRequest&) { return Datagrams{ByteString(15)}; },
       "a truncated message",
       {},
       true},
      {"MessageLongerThanItsDatagram",
       [](const FakeRequest& r) {
         ByteString reply = Good(r);
         reply[0] += 8;
         return Datagrams{reply};
       },
       "a truncated message",
       {},
       true},
      // The buffer has grown when a dump asks again.
      {"DatagramLongerThanTheBuffer",
       [](const FakeRequest& r) {
         return Datagrams{Reply(r, Join({GoodAttributes(), Attr(77, ByteString(60'000))})), Ack(r)};
       },
       "lost a message of 60032 bytes", kGood, true},
      {"AcknowledgementThatIsCutOff",
       [](const FakeRequest& r) {
         return Datagrams{Message(NLMSG_ERROR, 0, r.header.nlmsg_seq, r.header.nlmsg_pid, {0, 0})};
       },
       "a malformed acknowledgement", "a malformed end"},
  };
}

// Must not hide the error.
std::vector<HostileReply> HostileExtendedAcknowledgements() {
  return {
      Refused("OffsetBehindTheRequest", Attr(NLMSGERR_ATTR_OFFS, {255, 255, 0, 0})),
      Refused("OffsetBeforeTheAttributes", Attr(NLMSGERR_ATTR_OFFS, {3, 0, 0, 0})),
      Refused("OffsetBetweenAttributes", Attr(NLMSGERR_ATTR_OFFS, {21, 0, 0, 0})),
      Refused("OffsetOfTwoBytes", Attr(NLMSGERR_ATTR_OFFS, {20, 0})),
      Refused("MissingAttributeInANestThatIsNone",
              Join({Attr(NLMSGERR_ATTR_MISS_TYPE, {1, 0, 0, 0}),
                    Attr(NLMSGERR_ATTR_MISS_NEST, {255, 255, 255, 255})})),
      Refused("MissingAttributeThatNobodyHas", Attr(NLMSGERR_ATTR_MISS_TYPE, {255, 255, 255, 255})),
      Refused("TextWithoutNul", Attr(NLMSGERR_ATTR_MSG, {'n', 'o'})),
      Refused("PolicyOfNothing", Attr(NLMSGERR_ATTR_POLICY, ByteString())),
      Refused("ExtendedAcknowledgementThatIsCutOff", {200, 0, 1, 0}),
  };
}

}  // namespace

ByteString GoodAttributes() { return Attr(1, {5}); }
const Everything kGood = {.u8 = 5};

const std::vector<HostileAttributes>& AllHostileAttributes() {
  static const auto& all = *new std::vector<HostileAttributes>{
      {"AttributeLongerThanItsMessage",
       {200, 0, 1, 0, 5, 0, 0, 0},
       "an attribute does not fit in the last 8 bytes"},
      {"AttributeShorterThanItsHeader", {3, 0, 1, 0}, "an attribute does not fit"},
      {"AttributeLongerThanItsNest", Attr(11, {100, 0, 1, 0, 5, 0, 0, 0}),
       "attribute `part`: an attribute does not fit in the last 8 bytes"},
      {"IntegerOfTheWrongSize", Attr(3, {1, 2, 3}), "attribute `s32`: 3 bytes where"},
      {"ZeroLengthScalar", Attr(3, ByteString()), "attribute `s32`: 0 bytes where"},
      {"ZeroLengthScalarAmongMany", Join({Attr(13, {1, 0}), Attr(13, ByteString())}),
       "attribute `numbers[1]`: 0 bytes where an integer has 2"},
      {"ZeroLengthScalarInAnArray", Attr(16, {Attr(0, {1, 0, 0, 0}), Attr(1, ByteString())}),
       "attribute `indexed-numbers[1]`: 0 bytes where an integer has 4"},
      {"ArrayThatIsNoMultipleOfItsElements", Attr(10, {1, 2, 3, 4, 5}),
       "attribute `array`: 5 bytes are no array of 32-bit integers"},
      {"StringWithoutNul", Attr(8, {'a', 'b'}), Everything{.string = "ab"}},
      {"StringOfNothing", Attr(8, ByteString()), Everything{.string = ""}},
      {"StringTwice", Join({Attr(8, {'a', 'b', 'c', 0}), Attr(8, {'d', 0})}),
       Everything{.string = "d"}},
      {"BinaryTwice", Join({Attr(9, {1, 2, 3}), Attr(9, {4})}),
       Everything{.binary = ByteString{4}}},
      {"UnknownAttribute", Join({Attr(1, {5}), Attr(999, ByteString(77))}), kGood},
      {"NestedAThousandDeep", Attr(19, Nested(1000)), "nests stand too deep in each other"},
  };
  return all;
}

std::vector<HostileReply> AllHostileReplies() {
  std::vector<HostileReply> all = HostileMessages();
  for (HostileReply& reply : HostileExtendedAcknowledgements()) all.push_back(std::move(reply));
  for (const HostileAttributes& attributes : AllHostileAttributes()) {
    const auto answer = [&attributes](const FakeRequest& r) {
      return Datagrams{Reply(r, attributes.bytes), Ack(r)};
    };
    all.push_back({attributes.name, answer, attributes.outcome});
  }
  return all;
}

}  // namespace genl::test
