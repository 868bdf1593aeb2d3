// What a program learns when something is wrong, through the public interface: where, why, and by
// when. The same for requests, dumps, batches and calls.
#include <algorithm>
#include <cerrno>
#include <vector>

#include "genl/batch.h"
#include "genl/calls.h"
#include "genl/dump.h"
#include "genl/events.h"
#include "genl/fake_kernel.h"
#include "genl/test_envelope.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace genl::test {
namespace {

using testing::ElementsAre;

constexpr Family kFamily = {"thing", 1};
constexpr TypedOperation<Everything, Everything> kGet = {
    {"get", 7, &kEverythingLayout, 7, &kEverythingLayout}};
constexpr TypedOperation<Envelope, void> kSet = {{"set", 8, &kEnvelopeLayout}};

ByteString Number(uint64_t value, size_t width) {
  ByteString bytes;
  for (size_t i = 0; i < width; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
  return bytes;
}

ByteString Text(const std::string& text) {
  ByteString bytes(text.begin(), text.end());
  bytes.push_back(0);
  return bytes;
}

// The value of the attribute that the fake kernel does not like.
constexpr uint16_t kWrong = 0xbeef;

// Where that attribute stands, from the start of the message; the text is in the request once.
ByteString PlaceOfWrong(const FakeRequest& r) {
  const ByteString value = Number(kWrong, 2);
  const auto found =
      std::search(r.attributes.begin(), r.attributes.end(), value.begin(), value.end());
  return Number(
      NLMSG_HDRLEN + GENL_HDRLEN - NLA_HDRLEN + static_cast<uint64_t>(found - r.attributes.begin()),
      4);
}

class ErrorsTest : public testing::Test {
 protected:
  using Handler = FakeKernel::Handler;

  void Serve(Handler handler, ConnectOptions options = {}) {
    kernel_.emplace(std::move(handler));
    options.transport = &*kernel_;
    client_.emplace(*Client::Connect(kFamily, options));
  }

  void ServeRefusalOfWrong() {
    Serve([](const FakeRequest& r) {
      return std::vector<ByteString>{Ack(r, EINVAL, Attr(NLMSGERR_ATTR_OFFS, PlaceOfWrong(r)))};
    });
  }

  // How a request ends, made in each of the ways.
  std::vector<absl::Status> AskInAllWays(const Everything& request) {
    std::vector<absl::Status> ends;
    ends.push_back(client_->Call<Everything>(kGet, &request).status());
    ends.push_back(Dump<Everything>(*client_, kGet, &request).Collect().status());
    Batch batch(*client_);
    Everything reply;
    batch.Add(kGet, request, &reply);
    ends.push_back(batch.Send());
    Calls calls(*client_);
    const auto done = [&](absl::StatusOr<Everything> result) { ends.push_back(result.status()); };
    const auto ticket = calls.Start(kGet, request, done);
    if (!ticket.ok()) ends.push_back(ticket.status());
    while (calls.in_flight() > 0) EXPECT_TRUE(calls.Process(absl::Seconds(20)).ok());
    EXPECT_EQ(ends.size(), 4u);
    return ends;
  }

  // The path of the attribute with the wrong value.
  std::string PathIn(const Everything& request) {
    std::string path;
    for (const absl::Status& end : AskInAllWays(request)) {
      const std::optional<KernelError> error = GetKernelError(end);
      EXPECT_EQ(error.value_or(KernelError{}).error, EINVAL) << end;
      if (!error) continue;
      EXPECT_TRUE(path.empty() || path == error->attribute) << end;
      path = error->attribute;
    }
    return path;
  }

  std::string PathInEnvelope(const Envelope& request) {
    const absl::Status end = client_->Do(kSet, &request, nullptr);
    return GetKernelError(end).value_or(KernelError{}).attribute;
  }

  std::optional<FakeKernel> kernel_;
  std::optional<Client> client_;
};

TEST_F(ErrorsTest, GoodPathsThroughNestsAndArrays) {
  ServeRefusalOfWrong();
  EXPECT_EQ(PathIn({.part = Part{kWrong}}), "part.number");
  EXPECT_EQ(PathIn({.parts = {{1}, {2}, {kWrong}}}), "parts[2].number");
  EXPECT_EQ(PathIn({.numbers = {1, static_cast<int16_t>(kWrong)}}), "numbers[1]");
  EXPECT_EQ(PathIn({.indexed = {{1}, {kWrong}}}), "indexed[1].number");
  EXPECT_EQ(PathIn({.indexed_numbers = {1, 2, kWrong}}), "indexed-numbers[2]");
  EXPECT_EQ(PathIn({.entries = {{.row = 3, .column = 4, .value = {kWrong}}}}),
            "entries[3][4].number");
}

TEST_F(ErrorsTest, GoodPathsBehindFixedHeadersAndInSubMessages) {
  ServeRefusalOfWrong();
  EXPECT_EQ(PathInEnvelope({.kind = "part", .options = Options(Part{kWrong})}), "options.number");
  EXPECT_EQ(PathInEnvelope({.kind = "part", .many = {Part{1}, Part{kWrong}}}), "many[1].number");
  EXPECT_EQ(PathInEnvelope({.kind = "netem", .options = Options(Netem{.loss = kWrong})}),
            "options.loss");
  EXPECT_EQ(PathInEnvelope({.kind = "part", .stats = Stats{.app = Options(Part{kWrong})}}),
            "stats.app.number");
}

TEST_F(ErrorsTest, GoodPolicyInWordsAndMissingAttributeWithItsPlace) {
  Serve([](const FakeRequest& r) {
    const ByteString policy = Join({Attr(NL_POLICY_TYPE_ATTR_TYPE, Number(NL_ATTR_TYPE_U16, 4)),
                                    Attr(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, Number(1, 8)),
                                    Attr(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, Number(48, 8))});
    // The wrong value is the first in its nest.
    ByteString nest = PlaceOfWrong(r);
    nest[0] -= NLA_HDRLEN;
    return std::vector<ByteString>{Ack(
        r, ERANGE,
        Join({Attr(NLMSGERR_ATTR_MSG, Text("out of range")),
              Attr(NLMSGERR_ATTR_OFFS, PlaceOfWrong(r)), Attr(NLMSGERR_ATTR_POLICY, {policy}),
              Attr(NLMSGERR_ATTR_MISS_TYPE, Number(2, 4)), Attr(NLMSGERR_ATTR_MISS_NEST, nest)}))};
  });
  const KernelError expected = {.error = ERANGE,
                                .message = "out of range",
                                .attribute = "parts[1].number",
                                .missing_attribute = "parts[1].note",
                                .policy = "must be 1..48"};
  for (const absl::Status& end : AskInAllWays({.parts = {{1}, {kWrong}}})) {
    EXPECT_EQ(GetKernelError(end), expected) << end;
  }
}

TEST_F(ErrorsTest, GoodWarningsOfRequestsThatAreDone) {
  std::vector<KernelError> warnings;
  const auto on_warning = [&](absl::string_view operation, const KernelError& warning) {
    EXPECT_EQ(operation, "thing.get");
    warnings.push_back(warning);
  };
  Serve(
      [](const FakeRequest& r) {
        const ByteString extack = Join({Attr(NLMSGERR_ATTR_MSG, Text("old hardware")),
                                        Attr(NLMSGERR_ATTR_OFFS, PlaceOfWrong(r))});
        const bool dump = r.header.nlmsg_flags & NLM_F_DUMP;
        return std::vector<ByteString>{Reply(r, Attr(1, {5})),
                                       dump ? Done(r, 0, extack) : Ack(r, 0, extack)};
      },
      {.on_warning = on_warning});
  const KernelError warning = {.message = "old hardware", .attribute = "part.number"};
  for (const absl::Status& end : AskInAllWays({.part = Part{kWrong}})) EXPECT_TRUE(end.ok()) << end;
  EXPECT_THAT(warnings, ElementsAre(warning, warning, warning, warning));
}

TEST_F(ErrorsTest, GoodUnknownAttributesAreSkippedAndToldOnRequest) {
  const auto answer = [](const FakeRequest& r) {
    const bool dump = r.header.nlmsg_flags & NLM_F_DUMP;
    const ByteString part = Attr(11, {Attr(1, {5, 0}), Attr(57, {1, 2})});
    return std::vector<ByteString>{Reply(r, part), dump ? Done(r) : Ack(r)};
  };
  Serve(answer);
  for (const absl::Status& end : AskInAllWays({})) EXPECT_TRUE(end.ok()) << end;

  std::vector<std::string> told;
  const auto on_unknown = [&](absl::string_view operation, const UnknownAttribute& unknown) {
    EXPECT_EQ(unknown.payload, Bytes(ByteString{1, 2}));
    told.push_back(absl::StrCat(operation, " ", unknown.path));
  };
  Serve(answer, {.on_unknown = on_unknown});
  for (const absl::Status& end : AskInAllWays({})) EXPECT_TRUE(end.ok()) << end;
  const std::string place = "thing.get part.(57)";
  EXPECT_THAT(told, ElementsAre(place, place, place, place));
}

TEST_F(ErrorsTest, GoodUnknownAttributesOfEvents) {
  std::vector<std::string> told;
  const auto on_unknown = [&](absl::string_view operation, const UnknownAttribute& unknown) {
    told.push_back(absl::StrCat(operation, " ", unknown.path));
  };
  Serve([](const FakeRequest&) { return std::vector<ByteString>(); }, {.on_unknown = on_unknown});
  using AnyEvent = std::variant<Overrun, Restarted, Part>;
  enum class Group { kThings };
  static constexpr MulticastGroup kGroups[] = {{"things"}};
  static constexpr EventType kTypes[] = {{7, &kPartLayout, 2}};
  const std::vector<Group> all = {Group::kThings};
  auto events = Subscribe<AnyEvent>(*client_, absl::Span<const Group>(all), kGroups, kTypes, {});
  kernel_->Tell(Event(7, Join({Attr(1, {5, 0}), Attr(57, {1})})));
  EXPECT_EQ(std::get<Part>(*events->Next(absl::Seconds(20))), Part{5});
  EXPECT_THAT(told, ElementsAre("thing (57)"));
}

TEST_F(ErrorsTest, BadRequestThatIsTooLongIsNotSent) {
  Serve([](const FakeRequest&) {
    ADD_FAILURE() << "it has been sent";
    return std::vector<ByteString>();
  });
  for (const absl::Status& end : AskInAllWays({.binary = ByteString(65'532)})) {
    EXPECT_TRUE(absl::IsInvalidArgument(end)) << end;
    EXPECT_THAT(std::string(end.message()), testing::StartsWith("thing.get: attribute `binary`"));
  }
}

TEST_F(ErrorsTest, BadAnswersThatDoNotComeInTime) {
  Serve([](const FakeRequest&) { return std::vector<ByteString>(); },
        {.timeout = absl::Milliseconds(20)});
  for (const absl::Status& end : AskInAllWays({})) {
    EXPECT_TRUE(absl::IsDeadlineExceeded(end)) << end;
  }
}

// A kernel may answer one request with several messages.
TEST_F(ErrorsTest, GoodFirstReplyIsTheReplyAndABatchHasThemAll) {
  Serve([](const FakeRequest& r) {
    return std::vector<ByteString>{Join({Reply(r, Attr(1, {1})), Reply(r, Attr(1, {2}))}),
                                   Reply(r, Attr(1, {3})), Ack(r)};
  });
  const Everything request;
  EXPECT_EQ(*client_->Call<Everything>(kGet, &request), Everything{.u8 = 1});
  Batch batch(*client_);
  std::vector<Everything> replies;
  batch.Add(kGet, request, &replies);
  EXPECT_TRUE(batch.Send().ok());
  EXPECT_THAT(replies, ElementsAre(Everything{.u8 = 1}, Everything{.u8 = 2}, Everything{.u8 = 3}));
}

}  // namespace
}  // namespace genl::test
