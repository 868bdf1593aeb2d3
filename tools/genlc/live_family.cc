#include "tools/genlc/live_family.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "family/diag/render.h"
#include "family/diag/suggest.h"
#include "tools/genlc/pipeline.h"
#include "tools/genlc/sources.h"

namespace genlc {
std::unique_ptr<const Family> LoadLiveFamily(const std::string& name, Environment& env,
                                             SourceManager& manager) {
  const auto sources = ReadSources({name}, "", env, manager);
  if (!sources.has_value()) return nullptr;
  Reporter reporter;
  std::unique_ptr<const Family> family = Analyze(sources->front(), reporter);
  // Who talks to a family does not want to hear what its author could have done better.
  if (family == nullptr) env.Err(Render(reporter.Sorted(), {.color = env.color()}));
  return family;
}

genl::Family WireFamily(const Family& family) {
  genl::Family wire = {family.name.c_str(), static_cast<uint8_t>(family.version)};
  if (!family.is_generic()) wire.protocol = family.protocol_number.value_or(0);
  return wire;
}

const Exchange* FindExchange(const Family& family, const Operation& operation, bool dump) {
  const std::optional<Exchange>& wanted = dump ? operation.dump : operation.do_exchange;
  if (wanted) return &*wanted;
  const std::optional<Exchange>& one = operation.do_exchange;
  return dump && !family.is_generic() && one && one->reply ? &*one : nullptr;
}

std::string NotThere(const Family& family, absl::string_view what, absl::string_view name,
                     const std::vector<absl::string_view>& candidates) {
  const std::string hint = DidYouMeanOneOf(name, candidates);
  const std::string manual = absl::StrCat("see `genlc describe ", family.name, "`");
  return absl::StrCat("`", family.name, "` has no ", what, " `", name, "`; ",
                      hint.empty() ? manual : hint);
}

std::optional<KnownMessage> FindMessage(const Family& family, uint32_t command) {
  for (const auto& operation : family.operations) {
    const Message* message = operation->async_message();
    if (message != nullptr && operation->number == command) return {{operation.get(), message}};
  }
  std::optional<KnownMessage> found;
  for (const auto& operation : family.operations) {
    for (const std::optional<Exchange>* known : {&operation->do_exchange, &operation->dump}) {
      if (!known->has_value()) continue;
      const Exchange& exchange = **known;
      // In classic netlink a number means one thing: RTM_DELLINK also tells of a deletion.
      if (!family.is_generic() && exchange.request.number == command) {
        return {{operation.get(), &exchange.request}};
      }
      if (!found && exchange.reply && exchange.reply->number == command) {
        found = {operation.get(), &*exchange.reply};
      }
    }
  }
  return found;
}

const Message* FindAnswer(const Family& family, const Exchange& exchange, uint32_t command) {
  if (exchange.reply && exchange.reply->number == command) return &*exchange.reply;
  const std::optional<KnownMessage> known = FindMessage(family, command);
  return known ? known->message : nullptr;
}

}  // namespace genlc
