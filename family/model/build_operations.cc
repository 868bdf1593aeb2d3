#include "family/model/builder.h"

namespace genlc {
namespace {

// Sets `*flag` for each word of a list.
template <typename Target>
void SetPermissions(const std::optional<RawTextList>& words, Target& target) {
  if (!words) return;
  for (const RawText& word : *words) {
    if (word.value == "admin-perm") target.admin_perm = true;
    if (word.value == "uns-admin-perm") target.uns_admin_perm = true;
  }
}

// The numbers of commands: in one sequence for both directions, or one for each.
class Numbering {
 public:
  struct Pair {
    Integer request;
    Integer reply;
  };

  explicit Numbering(bool directional) : directional_(directional) {}

  Pair Next(const RawOperation& raw) {
    if (raw.value) request_ = reply_ = raw.value->value;
    if (!directional_) {
      const Pair numbers{request_, request_};
      request_ += 1;
      return numbers;
    }
    if (raw.notify || raw.event) return {reply_, (reply_ += 1) - 1};
    const std::optional<RawExchange>& exchange = raw.do_exchange ? raw.do_exchange : raw.dump;
    if (!exchange) return {request_, reply_};
    if (exchange->request && exchange->request->value) {
      request_ = exchange->request->value->value;
    }
    if (exchange->reply && exchange->reply->value) reply_ = exchange->reply->value->value;
    const Pair numbers{request_, reply_};
    request_ += 1;
    if (exchange->reply) reply_ += 1;
    return numbers;
  }

 private:
  const bool directional_;
  Integer request_ = 1;
  Integer reply_ = 1;
};

class OperationBuilder {
 public:
  OperationBuilder(Builder& builder, const RawOperation& raw, Operation& operation)
      : builder_(builder), raw_(raw), operation_(operation) {}

  void Run(Numbering::Pair numbers) {
    operation_.name = raw_.name.value;
    operation_.span = raw_.name.span;
    operation_.places = PlacesOf(raw_);
    operation_.incomplete = raw_.incomplete;
    operation_.doc = ValueOr(raw_.doc, "");
    operation_.explicit_number = raw_.value.has_value();
    const bool async = raw_.notify || raw_.event;
    const Family& family = builder_.family;
    operation_.c_name =
        absl::StrCat(async ? family.async_prefix : family.command_prefix, CUpper(raw_.name.value));
    request_number_ = Number(numbers.request);
    reply_number_ = Number(numbers.reply);
    operation_.number = async ? reply_number_ : request_number_;
    operation_.set = builder_.FindSet(raw_.attribute_set);
    operation_.fixed_header = builder_.FindStruct(
        raw_.fixed_header ? raw_.fixed_header : builder_.raw.operations.fixed_header);
    operation_.config_cond = ValueOr(raw_.config_cond, "");
    SetPermissions(raw_.flags, operation_);
    SetValidation();
    operation_.do_exchange = BuildExchange(raw_.do_exchange);
    operation_.dump = BuildExchange(raw_.dump);
    if (raw_.event) operation_.event = BuildMessage(*raw_.event, reply_number_);
    FindGroup();
  }

  // When all operations are known.
  void LinkNotify() {
    if (!raw_.notify) return;
    const std::string& name = raw_.notify->value;
    operation_.notify = builder_.family.FindOperation(name);
    if (operation_.notify == nullptr) {
      builder_.reporter.Report(kUnknownNotifyTarget, raw_.notify->span, name)
          .Hint(DidYouMean(name, NamesOf(builder_.family.operations)));
    }
  }

 private:
  // As for attributes.
  uint32_t Number(Integer number) {
    constexpr uint32_t kTooLarge = 0x10000;
    if (number < kTooLarge) return static_cast<uint32_t>(number);
    if (raw_.value || number == kTooLarge) {
      builder_.reporter.Report(kCommandNumber, raw_.value ? raw_.value->span : raw_.name.span,
                               raw_.name.value, number);
    }
    return kTooLarge;
  }

  void SetValidation() {
    operation_.has_dont_validate = raw_.dont_validate.has_value();
    if (!raw_.dont_validate) return;
    for (const RawText& word : *raw_.dont_validate) {
      operation_.dont_validate.push_back(word.value);
      if (word.value == "strict") operation_.dont_validate_strict = true;
      if (word.value == "dump") operation_.dont_validate_dump = true;
      if (word.value == "dump-strict") operation_.dont_validate_dump_strict = true;
    }
  }

  std::optional<Exchange> BuildExchange(const std::optional<RawExchange>& raw) {
    if (!raw) return std::nullopt;
    Exchange exchange;
    exchange.span = raw->span;
    exchange.places = PlacesOf(*raw);
    exchange.pre = ValueOr(raw->pre, "");
    exchange.post = ValueOr(raw->post, "");
    exchange.has_request = raw->request.has_value();
    if (raw->request) {
      exchange.request = BuildMessage(*raw->request, request_number_);
    } else {
      exchange.request = BuildMessage(RawMessage{.attributes = {}, .value = {}, .span = raw->span},
                                      request_number_);
    }
    if (raw->reply) exchange.reply = BuildMessage(*raw->reply, reply_number_);
    return exchange;
  }

  Message BuildMessage(const RawMessage& raw, uint32_t number) {
    Message message;
    message.set = operation_.set;
    message.fixed_header = operation_.fixed_header;
    message.number = number;
    message.span = raw.span;
    if (!raw.attributes || raw.attributes->empty()) return message;
    if (operation_.set == nullptr) {
      // An unknown set has been reported already.
      if (!raw_.attribute_set && !raw_.incomplete) {
        builder_.reporter.Report(kOperationWithoutSet, raw.attributes->front().span,
                                 raw_.name.value);
      }
      return message;
    }
    for (const RawText& name : *raw.attributes) {
      const Attribute* attribute = FindListed(name);
      if (attribute == nullptr) continue;
      // Old specs list some twice; elsewhere that is reported.
      if (builder_.IsOldLevel() && message.Find(name.value) != nullptr) continue;
      Field& field = message.fields.emplace_back();
      field.attribute = attribute;
      field.span = name.span;
    }
    return message;
  }

  const Attribute* FindListed(const RawText& name) {
    const AttributeSet& set = *operation_.set;
    if (builder_.family.level != Level::kNetlinkRaw || set.Find(name.value) != nullptr) {
      return builder_.FindAttribute(set, name);
    }
    const auto report =
        builder_.reporter.Report(kListedInVain, name.span, name.value, set.name);
    if (operation_.fixed_header != nullptr && operation_.fixed_header->Find(name.value)) {
      report.Hint(absl::StrCat("every message has the header `", operation_.fixed_header->name,
                               "` with this member; leave it out of the list"));
    }
    return nullptr;
  }

  void FindGroup() {
    if (!raw_.mcgrp) return;
    const std::string& name = raw_.mcgrp->value;
    operation_.group = builder_.family.FindGroup(name);
    if (operation_.group == nullptr) {
      builder_.reporter.Report(kUnknownGroup, raw_.mcgrp->span, name)
          .Hint(DidYouMean(name, NamesOf(builder_.family.groups)));
    }
  }

  Builder& builder_;
  const RawOperation& raw_;
  Operation& operation_;
  uint32_t request_number_ = 0;
  uint32_t reply_number_ = 0;
};

}  // namespace

void Builder::BuildGroups() {
  if (!raw.mcast_groups) return;
  for (const RawGroup& raw_group : raw.mcast_groups->list) {
    auto group = std::make_unique<MulticastGroup>();
    group->name = raw_group.name.value;
    group->c_name = raw_group.c_define_name
                        ? CUpper(raw_group.c_define_name->value)
                        : CUpper(Prefixed(absl::StrCat("mcgrp-", raw_group.name.value)));
    SetPermissions(raw_group.flags, *group);
    if (raw_group.value) {
      if (raw_group.value->value < 1 || raw_group.value->value > 0x7fffffff) {
        reporter.Report(kNumberOutOfRange, raw_group.value->span, "value",
                        raw_group.value->value, 1, 0x7fffffff);
      } else {
        group->number = static_cast<uint32_t>(raw_group.value->value);
      }
    }
    group->span = raw_group.name.span;
    group->places = PlacesOf(raw_group);
    family.groups.push_back(std::move(group));
  }
}

void Builder::BuildOperations() {
  const RawOperations& raw_operations = raw.operations;
  family.directional = ValueOr(raw_operations.enum_model, "unified") == "directional";
  family.command_prefix = CUpper(ValueOr(raw_operations.name_prefix, Prefixed("cmd-")));
  family.command_enum = CLower(ValueOr(raw_operations.enum_name, ""));
  family.async_prefix = raw_operations.async_prefix ? CUpper(raw_operations.async_prefix->value)
                                                    : family.command_prefix;
  family.async_enum = CLower(ValueOr(raw_operations.async_enum, ""));
  family.has_async_enum = raw_operations.async_enum.has_value();
  family.command_max_name =
      CUpper(ValueOr(raw.cmd_max_name, absl::StrCat(family.command_prefix, "MAX")));
  family.command_count_name =
      CUpper(ValueOr(raw.cmd_cnt_name, absl::StrCat("__", family.command_prefix, "MAX")));

  Numbering numbering(family.directional);
  std::vector<OperationBuilder> builders;
  for (const RawOperation& raw_operation : raw_operations.list) {
    family.operations.push_back(std::make_unique<Operation>());
    builders.emplace_back(*this, raw_operation, *family.operations.back())
        .Run(numbering.Next(raw_operation));
  }
  for (OperationBuilder& builder : builders) builder.LinkNotify();
}

}  // namespace genlc
