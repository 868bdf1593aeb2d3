// The schema of the spec language, as data: which keys each object has, at which levels,
// and what their values may be.
//
// One Schema<T> a raw structure; a key is one line. A level more, or a key more, is a
// change to these tables (and to what the model makes of it), never to the loader.
// Source: Documentation/netlink/{genetlink,genetlink-c,genetlink-legacy,netlink-raw}.yaml
// of Linux 7.2.
#ifndef GENLC_FAMILY_LOAD_SCHEMA_H_
#define GENLC_FAMILY_LOAD_SCHEMA_H_

#include <cstdint>
#include <optional>
#include <tuple>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "family/load/raw.h"

namespace genlc {

// A set of levels.
using Levels = uint8_t;
constexpr Levels At(Level level) { return static_cast<Levels>(1u << static_cast<int>(level)); }
inline constexpr Levels kG = At(Level::kGenetlink);
inline constexpr Levels kC = At(Level::kGenetlinkC);
inline constexpr Levels kL = At(Level::kGenetlinkLegacy);
inline constexpr Levels kR = At(Level::kNetlinkRaw);
inline constexpr Levels kAllLevels = kG | kC | kL | kR;

// One of the words that a key accepts.
struct Word {
  const char* text;
  Levels levels = kAllLevels;
};

// What the value of a key has to look like.
struct Rule {
  Levels levels = kAllLevels;
  bool required = false;
  bool non_negative = false;
  Levels nullable = 0;  // levels at which `key:` with nothing behind it is an empty text
  // Levels at which the value is a name: lower case, digits and dashes.
  Levels name = 0;
  bool capitals = false;  // ... and capitals
  absl::Span<const Word> words;

  // A copy with one thing changed. It stands before its uses: clang 14 evaluates them there.
  template <typename F>
  constexpr Rule With(F change) const {
    Rule rule = *this;
    change(rule);
    return rule;
  }
  constexpr Rule Required() const { return With([](Rule& r) { r.required = true; }); }
  constexpr Rule Name(Levels where = kG | kL | kR) const {
    return With([=](Rule& r) { r.name = where; });
  }
  constexpr Rule Capitals() const { return With([](Rule& r) { r.capitals = true; }); }
  constexpr Rule NullableAt(Levels where) const {
    return With([=](Rule& r) { r.nullable = where; });
  }
  constexpr Rule NonNegative() const { return With([](Rule& r) { r.non_negative = true; }); }
  constexpr Rule Only(Levels where) const { return With([=](Rule& r) { r.levels = where; }); }
  template <size_t N>
  constexpr Rule OneOf(const Word (&list)[N]) const {
    return With([&](Rule& r) { r.words = absl::Span<const Word>(list, N); });
  }
};

// The part of a key that does not depend on the structure it belongs to.
struct KeyInfo {
  absl::string_view name;
  Rule rule;
};

template <typename T, typename M>
struct Key : KeyInfo {
  constexpr Key(M T::*member, absl::string_view name, Rule rule = {})
      : KeyInfo{name, rule}, member(member) {}

  M T::*member;
};

// kWhat: the object in the words of a diagnostic. kKeys: a tuple of Key, in the order of
// the kernel's schema.
template <typename T>
struct Schema;

inline constexpr Word kProtocols[] = {
    {"genetlink"}, {"genetlink-c"}, {"genetlink-legacy"}, {"netlink-raw"}};
inline constexpr Word kByteOrders[] = {{"little-endian"}, {"big-endian"}};
inline constexpr Word kScopes[] = {{"uapi"}, {"kernel"}, {"user"}};
inline constexpr Word kDefinitionTypes[] = {
    {"const"}, {"enum"}, {"flags"}, {"struct", kL | kR}};
inline constexpr Word kAttributeTypes[] = {
    {"unused"}, {"pad"},  {"flag"}, {"binary"}, {"bitfield32", kL | kR},
    {"uint"},   {"sint"}, {"u8"},   {"u16"},    {"u32"},
    {"u64"},    {"s8"},   {"s16"},  {"s32"},    {"s64"},
    {"string"}, {"nest"}, {"indexed-array"},    {"nest-type-value"},
    {"sub-message", kR}};
inline constexpr Word kMemberTypes[] = {
    {"u8"},  {"u16"}, {"u32"}, {"u64"},    {"s8"},     {"s16"},
    {"s32"}, {"s64"}, {"string"}, {"binary"}, {"pad", kR}};
inline constexpr Word kDisplayHints[] = {
    {"hex"}, {"mac"}, {"fddi"}, {"ipv4"}, {"ipv6"}, {"ipv4-or-v6"}, {"uuid"}};
inline constexpr Word kCommandFlags[] = {{"admin-perm"}, {"uns-admin-perm", kG | kL}};
inline constexpr Word kDontValidate[] = {{"strict"}, {"dump"}, {"dump-strict", kG | kC | kL}};
inline constexpr Word kEnumModels[] = {{"unified"}, {"directional", kL | kR}};
inline constexpr Word kKernelPolicies[] = {{"split"}, {"per-op"}, {"global"}};

template <>
struct Schema<RawEntry> {
  static constexpr absl::string_view kWhat = "an entry";
  static constexpr auto kKeys = std::tuple(
      Key(&RawEntry::name, "name", Rule().Required().Name()),
      Key(&RawEntry::value, "value"),
      Key(&RawEntry::doc, "doc"));
};

template <>
struct Schema<RawMember> {
  static constexpr absl::string_view kWhat = "a struct member";
  static constexpr auto kKeys = std::tuple(
      Key(&RawMember::name, "name", Rule().Required().Name().Capitals()),
      Key(&RawMember::type, "type", Rule().Required().OneOf(kMemberTypes)),
      Key(&RawMember::len, "len", Rule().NonNegative()),
      Key(&RawMember::byte_order, "byte-order", Rule().OneOf(kByteOrders)),
      Key(&RawMember::doc, "doc"),
      Key(&RawMember::enumeration, "enum"),
      Key(&RawMember::enum_as_flags, "enum-as-flags", Rule().Only(kR)),
      Key(&RawMember::display_hint, "display-hint", Rule().OneOf(kDisplayHints)),
      Key(&RawMember::structure, "struct"));
};

template <>
struct Schema<RawDefinition> {
  static constexpr absl::string_view kWhat = "a definition";
  static constexpr auto kKeys = std::tuple(
      Key(&RawDefinition::name, "name", Rule().Required().Name()),
      Key(&RawDefinition::header, "header"),
      Key(&RawDefinition::scope, "scope", Rule().OneOf(kScopes)),
      Key(&RawDefinition::type, "type", Rule().Required().OneOf(kDefinitionTypes)),
      Key(&RawDefinition::doc, "doc"),
      Key(&RawDefinition::value, "value"),
      Key(&RawDefinition::value_start, "value-start"),
      Key(&RawDefinition::entries, "entries"),
      Key(&RawDefinition::render_max, "render-max"),
      Key(&RawDefinition::enum_name, "enum-name", Rule().Only(kC | kL | kR).NullableAt(kAllLevels)),
      Key(&RawDefinition::name_prefix, "name-prefix", Rule().Only(kC | kL | kR)),
      Key(&RawDefinition::enum_cnt_name, "enum-cnt-name", Rule().Only(kC | kL)),
      Key(&RawDefinition::members, "members", Rule().Only(kL | kR)));
};

template <>
struct Schema<RawChecks> {
  static constexpr absl::string_view kWhat = "`checks`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawChecks::flags_mask, "flags-mask"),
      Key(&RawChecks::min, "min", Rule().NonNegative()),
      Key(&RawChecks::max, "max", Rule().NonNegative()),
      Key(&RawChecks::min_len, "min-len", Rule().NonNegative()),
      Key(&RawChecks::max_len, "max-len", Rule().NonNegative()),
      Key(&RawChecks::exact_len, "exact-len", Rule().NonNegative()),
      Key(&RawChecks::unterminated_ok, "unterminated-ok", Rule().Only(kC | kL | kR)));
};

template <>
struct Schema<RawAttribute> {
  static constexpr absl::string_view kWhat = "an attribute";
  static constexpr auto kKeys = std::tuple(
      Key(&RawAttribute::name, "name", Rule().Required().Name()),
      Key(&RawAttribute::type, "type", Rule().OneOf(kAttributeTypes)),
      Key(&RawAttribute::doc, "doc"),
      Key(&RawAttribute::value, "value", Rule().NonNegative()),
      Key(&RawAttribute::type_value, "type-value"),
      Key(&RawAttribute::byte_order, "byte-order", Rule().OneOf(kByteOrders)),
      Key(&RawAttribute::multi_attr, "multi-attr"),
      Key(&RawAttribute::nested_attributes, "nested-attributes"),
      Key(&RawAttribute::enumeration, "enum"),
      Key(&RawAttribute::enum_as_flags, "enum-as-flags"),
      Key(&RawAttribute::checks, "checks"),
      Key(&RawAttribute::sub_type, "sub-type", Rule().OneOf(kAttributeTypes)),
      Key(&RawAttribute::display_hint, "display-hint", Rule().OneOf(kDisplayHints)),
      Key(&RawAttribute::name_prefix, "name-prefix", Rule().Only(kC | kL | kR)),
      Key(&RawAttribute::structure, "struct", Rule().Only(kL | kR)),
      Key(&RawAttribute::sub_message, "sub-message", Rule().Only(kR)),
      Key(&RawAttribute::selector, "selector", Rule().Only(kR)));
};

template <>
struct Schema<RawAttributeSet> {
  static constexpr absl::string_view kWhat = "an attribute set";
  static constexpr auto kKeys = std::tuple(
      Key(&RawAttributeSet::name, "name", Rule().Required().Name()),
      Key(&RawAttributeSet::name_prefix, "name-prefix"),
      Key(&RawAttributeSet::enum_name, "enum-name", Rule().NullableAt(kC | kL | kR)),
      Key(&RawAttributeSet::doc, "doc"),
      Key(&RawAttributeSet::subset_of, "subset-of"),
      Key(&RawAttributeSet::attr_cnt_name, "attr-cnt-name", Rule().Only(kC | kL | kR)),
      Key(&RawAttributeSet::attr_max_name, "attr-max-name", Rule().Only(kC | kL | kR)),
      Key(&RawAttributeSet::header, "header", Rule().Only(kC | kL | kR)),
      Key(&RawAttributeSet::attributes, "attributes", Rule().Required()));
};

template <>
struct Schema<RawSubMessageFormat> {
  static constexpr absl::string_view kWhat = "a format of a sub-message";
  static constexpr auto kKeys = std::tuple(
      Key(&RawSubMessageFormat::value, "value", Rule().Required()),
      Key(&RawSubMessageFormat::fixed_header, "fixed-header"),
      Key(&RawSubMessageFormat::attribute_set, "attribute-set"));
};

template <>
struct Schema<RawSubMessage> {
  static constexpr absl::string_view kWhat = "a sub-message";
  static constexpr auto kKeys = std::tuple(
      Key(&RawSubMessage::name, "name", Rule().Required()),
      Key(&RawSubMessage::formats, "formats", Rule().Required()));
};

template <>
struct Schema<RawMessage> {
  static constexpr absl::string_view kWhat = "a message";
  static constexpr auto kKeys = std::tuple(
      Key(&RawMessage::attributes, "attributes"),
      Key(&RawMessage::value, "value", Rule().Only(kL | kR).NonNegative()));
};

template <>
struct Schema<RawExchange> {
  static constexpr absl::string_view kWhat = "`do` or `dump`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawExchange::request, "request"),
      Key(&RawExchange::reply, "reply"),
      Key(&RawExchange::pre, "pre"),
      Key(&RawExchange::post, "post"));
};

template <>
struct Schema<RawOperation> {
  static constexpr absl::string_view kWhat = "an operation";
  static constexpr auto kKeys = std::tuple(
      Key(&RawOperation::name, "name", Rule().Required().Name()),
      Key(&RawOperation::doc, "doc", Rule().Required()),
      Key(&RawOperation::value, "value", Rule().NonNegative()),
      Key(&RawOperation::attribute_set, "attribute-set"),
      Key(&RawOperation::flags, "flags", Rule().OneOf(kCommandFlags)),
      Key(&RawOperation::dont_validate, "dont-validate", Rule().OneOf(kDontValidate)),
      Key(&RawOperation::config_cond, "config-cond", Rule().Only(kG | kC | kL)),
      Key(&RawOperation::fixed_header, "fixed-header", Rule().Only(kL | kR)),
      Key(&RawOperation::do_exchange, "do"),
      Key(&RawOperation::dump, "dump"),
      Key(&RawOperation::notify, "notify"),
      Key(&RawOperation::event, "event"),
      Key(&RawOperation::mcgrp, "mcgrp"));
};

template <>
struct Schema<RawOperations> {
  static constexpr absl::string_view kWhat = "`operations`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawOperations::enum_model, "enum-model", Rule().OneOf(kEnumModels)),
      Key(&RawOperations::name_prefix, "name-prefix"),
      Key(&RawOperations::enum_name, "enum-name", Rule().NullableAt(kC | kL | kR)),
      Key(&RawOperations::async_prefix, "async-prefix"),
      Key(&RawOperations::async_enum, "async-enum", Rule().NullableAt(kC | kL | kR)),
      Key(&RawOperations::fixed_header, "fixed-header", Rule().Only(kL | kR)),
      Key(&RawOperations::list, "list", Rule().Required()));
};

template <>
struct Schema<RawGroup> {
  static constexpr absl::string_view kWhat = "a multicast group";
  static constexpr auto kKeys = std::tuple(
      Key(&RawGroup::name, "name", Rule().Required().Name(kG)),
      Key(&RawGroup::flags, "flags", Rule().OneOf(kCommandFlags)),
      Key(&RawGroup::c_define_name, "c-define-name", Rule().Only(kC | kL | kR)),
      Key(&RawGroup::value, "value", Rule().Only(kR)));
};

template <>
struct Schema<RawGroups> {
  static constexpr absl::string_view kWhat = "`mcast-groups`";
  static constexpr auto kKeys =
      std::tuple(Key(&RawGroups::list, "list", Rule().Required()));
};

template <>
struct Schema<RawKernelFamily> {
  static constexpr absl::string_view kWhat = "`kernel-family`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawKernelFamily::headers, "headers"),
      Key(&RawKernelFamily::sock_priv, "sock-priv"));
};

template <>
struct Schema<RawFamily> {
  static constexpr absl::string_view kWhat = "a family";
  static constexpr auto kKeys = std::tuple(
      Key(&RawFamily::name, "name", Rule().Required().Name(kG)),
      Key(&RawFamily::doc, "doc", Rule().Required()),
      Key(&RawFamily::protocol, "protocol", Rule().OneOf(kProtocols)),
      Key(&RawFamily::uapi_header, "uapi-header"),
      Key(&RawFamily::c_family_name, "c-family-name", Rule().Only(kC | kL | kR)),
      Key(&RawFamily::c_version_name, "c-version-name", Rule().Only(kC | kL | kR)),
      Key(&RawFamily::max_by_define, "max-by-define", Rule().Only(kC | kL | kR)),
      Key(&RawFamily::cmd_max_name, "cmd-max-name", Rule().Only(kC | kL | kR)),
      Key(&RawFamily::cmd_cnt_name, "cmd-cnt-name", Rule().Only(kC | kL | kR)),
      Key(&RawFamily::kernel_policy, "kernel-policy",
          Rule().Only(kL | kR).OneOf(kKernelPolicies)),
      Key(&RawFamily::version, "version", Rule().Only(kL)),
      Key(&RawFamily::protonum, "protonum", Rule().Only(kR)),
      Key(&RawFamily::definitions, "definitions"),
      Key(&RawFamily::attribute_sets, "attribute-sets", Rule().Required()),
      Key(&RawFamily::sub_messages, "sub-messages", Rule().Only(kR)),
      Key(&RawFamily::operations, "operations", Rule().Required()),
      Key(&RawFamily::mcast_groups, "mcast-groups"),
      Key(&RawFamily::kernel_family, "kernel-family", Rule().Only(kG | kC | kL)));
};

// The profile's own schema; the levels do not matter there.

inline constexpr Word kCapabilities[] = {{"admin-perm"}, {"uns-admin-perm"}};

template <>
struct Schema<RawProfileModule> {
  static constexpr absl::string_view kWhat = "`module`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileModule::name, "name"),
      Key(&RawProfileModule::license, "license"),
      Key(&RawProfileModule::author, "author"),
      Key(&RawProfileModule::description, "description"),
      Key(&RawProfileModule::netnsok, "netnsok"),
      Key(&RawProfileModule::parallel_ops, "parallel-ops"));
};

template <>
struct Schema<RawProfileAttribute> {
  static constexpr absl::string_view kWhat = "an attribute of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileAttribute::name, "name", Rule().Required()),
      Key(&RawProfileAttribute::default_value, "default"),
      Key(&RawProfileAttribute::sensitive, "sensitive", Rule().OneOf(kCapabilities)));
};

template <>
struct Schema<RawProfileSet> {
  static constexpr absl::string_view kWhat = "an attribute set of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileSet::name, "name", Rule().Required()),
      Key(&RawProfileSet::required, "required"),
      Key(&RawProfileSet::key, "key"),
      Key(&RawProfileSet::attributes, "attributes"));
};

template <>
struct Schema<RawProfileMessage> {
  static constexpr absl::string_view kWhat = "a message of the profile";
  static constexpr auto kKeys = std::tuple(Key(&RawProfileMessage::required, "required"));
};

template <>
struct Schema<RawProfileExchange> {
  static constexpr absl::string_view kWhat = "`do` or `dump` of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileExchange::request, "request"),
      Key(&RawProfileExchange::reply, "reply"),
      Key(&RawProfileExchange::pre, "pre"),
      Key(&RawProfileExchange::post, "post"));
};

template <>
struct Schema<RawProfileCondition> {
  static constexpr absl::string_view kWhat = "an entry of `only`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileCondition::name, "name", Rule().Required()),
      Key(&RawProfileCondition::value, "value", Rule().Required()));
};

template <>
struct Schema<RawProfileWatch> {
  static constexpr absl::string_view kWhat = "`watch`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileWatch::key, "key"),
      Key(&RawProfileWatch::changed, "changed"),
      Key(&RawProfileWatch::removed, "removed", Rule().Required()),
      Key(&RawProfileWatch::groups, "groups"),
      Key(&RawProfileWatch::only, "only"));
};

template <>
struct Schema<RawProfileOperation> {
  static constexpr absl::string_view kWhat = "an operation of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileOperation::name, "name", Rule().Required()),
      Key(&RawProfileOperation::do_exchange, "do"),
      Key(&RawProfileOperation::dump, "dump"),
      Key(&RawProfileOperation::event, "event"),
      Key(&RawProfileOperation::watch, "watch"));
};

template <>
struct Schema<RawProfileGroup> {
  static constexpr absl::string_view kWhat = "a multicast group of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileGroup::name, "name", Rule().Required()),
      Key(&RawProfileGroup::flags, "flags", Rule().Required().OneOf(kCapabilities)));
};

template <>
struct Schema<RawProfileHook> {
  static constexpr absl::string_view kWhat = "a hook of the profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfileHook::name, "name", Rule().Required()),
      Key(&RawProfileHook::object, "object", Rule().Required()));
};

template <>
struct Schema<RawAllowed> {
  static constexpr absl::string_view kWhat = "an entry of `allow-breaking` or `allow-lint`";
  static constexpr auto kKeys = std::tuple(
      Key(&RawAllowed::rule, "rule", Rule().Required()),
      Key(&RawAllowed::at, "at", Rule().Required()),
      Key(&RawAllowed::reason, "reason", Rule().Required()));
};

template <>
struct Schema<RawProfile> {
  static constexpr absl::string_view kWhat = "a profile";
  static constexpr auto kKeys = std::tuple(
      Key(&RawProfile::module, "module"),
      Key(&RawProfile::attribute_sets, "attribute-sets"),
      Key(&RawProfile::operations, "operations"),
      Key(&RawProfile::mcast_groups, "mcast-groups"),
      Key(&RawProfile::hooks, "hooks"),
      Key(&RawProfile::allow_breaking, "allow-breaking"),
      Key(&RawProfile::allow_lint, "allow-lint"));
};

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_SCHEMA_H_
