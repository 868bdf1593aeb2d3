// The raw tree: a spec as it is written.
//
// Every scalar knows its place; an absent optional is a key that is not there. Nothing is
// linked, defaulted or judged here. Which keys exist, at which levels, is in schema.h.
#ifndef GENLC_FAMILY_LOAD_RAW_H_
#define GENLC_FAMILY_LOAD_RAW_H_

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "family/model/definition.h"
#include "family/model/family.h"
#include "family/source/source.h"

namespace genlc {

template <typename T>
using Maybe = std::optional<Spanned<T>>;

using RawText = Spanned<std::string>;
using RawTextList = std::vector<RawText>;

// A number or the name of one: `8`, `label-max`, `u16-max`.
struct RawNumber {
  std::variant<Integer, std::string> value;
  std::string text;  // as written
};

struct RawEntry {
  RawText name;
  Maybe<Integer> value;
  Maybe<std::string> doc;
  SourceSpan span;
};

struct RawMember {
  RawText name;
  RawText type;
  Maybe<RawNumber> len;
  Maybe<std::string> byte_order;
  Maybe<std::string> doc;
  Maybe<std::string> enumeration;
  Maybe<bool> enum_as_flags;
  Maybe<std::string> display_hint;
  Maybe<std::string> structure;
  SourceSpan span;
};

struct RawDefinition {
  RawText name;
  RawText type;
  Maybe<std::string> header;
  Maybe<std::string> scope;
  Maybe<std::string> doc;
  Maybe<RawNumber> value;
  Maybe<RawNumber> value_start;
  std::optional<std::vector<RawEntry>> entries;
  Maybe<bool> render_max;
  Maybe<std::string> enum_name;  // null in the spec: an empty text
  Maybe<std::string> name_prefix;
  Maybe<std::string> enum_cnt_name;
  std::optional<std::vector<RawMember>> members;
  bool incomplete = false;  // a key is left out: its value has been reported
  SourceSpan span;
};

struct RawChecks {
  Maybe<std::string> flags_mask;
  Maybe<RawNumber> min;
  Maybe<RawNumber> max;
  Maybe<RawNumber> min_len;
  Maybe<RawNumber> max_len;
  Maybe<RawNumber> exact_len;
  Maybe<bool> unterminated_ok;
  SourceSpan span;
};

struct RawAttribute {
  RawText name;
  Maybe<std::string> type;
  Maybe<std::string> doc;
  Maybe<Integer> value;
  std::optional<RawTextList> type_value;
  Maybe<std::string> byte_order;
  Maybe<bool> multi_attr;
  Maybe<std::string> nested_attributes;
  Maybe<std::string> enumeration;
  Maybe<bool> enum_as_flags;
  std::optional<RawChecks> checks;
  Maybe<std::string> sub_type;
  Maybe<std::string> display_hint;
  Maybe<std::string> name_prefix;
  Maybe<std::string> structure;
  Maybe<std::string> sub_message;
  Maybe<std::string> selector;
  bool incomplete = false;  // as above
  SourceSpan span;
};

struct RawAttributeSet {
  RawText name;
  Maybe<std::string> name_prefix;
  Maybe<std::string> enum_name;
  Maybe<std::string> doc;
  Maybe<std::string> subset_of;
  Maybe<std::string> attr_cnt_name;
  Maybe<std::string> attr_max_name;
  Maybe<std::string> header;
  std::vector<RawAttribute> attributes;
  SourceSpan span;
};

struct RawSubMessageFormat {
  RawText value;
  Maybe<std::string> fixed_header;
  Maybe<std::string> attribute_set;
  SourceSpan span;
};

struct RawSubMessage {
  RawText name;
  std::vector<RawSubMessageFormat> formats;
  SourceSpan span;
};

// `request`, `reply` or `event`.
struct RawMessage {
  std::optional<RawTextList> attributes;
  Maybe<Integer> value;
  SourceSpan span;
};

struct RawExchange {
  std::optional<RawMessage> request;
  std::optional<RawMessage> reply;
  Maybe<std::string> pre;
  Maybe<std::string> post;
  SourceSpan span;
};

struct RawOperation {
  RawText name;
  Maybe<std::string> doc;
  Maybe<Integer> value;
  Maybe<std::string> attribute_set;
  std::optional<RawTextList> flags;
  std::optional<RawTextList> dont_validate;
  Maybe<std::string> config_cond;
  Maybe<std::string> fixed_header;
  std::optional<RawExchange> do_exchange;
  std::optional<RawExchange> dump;
  Maybe<std::string> notify;
  std::optional<RawMessage> event;
  Maybe<std::string> mcgrp;
  bool incomplete = false;  // as above
  SourceSpan span;
};

struct RawOperations {
  Maybe<std::string> enum_model;
  Maybe<std::string> name_prefix;
  Maybe<std::string> enum_name;
  Maybe<std::string> async_prefix;
  Maybe<std::string> async_enum;
  Maybe<std::string> fixed_header;
  std::vector<RawOperation> list;
  SourceSpan span;
};

struct RawGroup {
  RawText name;
  std::optional<RawTextList> flags;
  Maybe<std::string> c_define_name;
  Maybe<Integer> value;
  SourceSpan span;
};

struct RawGroups {
  std::vector<RawGroup> list;
  SourceSpan span;
};

struct RawKernelFamily {
  std::optional<RawTextList> headers;
  Maybe<std::string> sock_priv;
  SourceSpan span;
};

struct RawFamily {
  RawText name;
  Maybe<std::string> doc;
  Maybe<std::string> protocol;
  Maybe<std::string> uapi_header;
  Maybe<std::string> c_family_name;
  Maybe<std::string> c_version_name;
  Maybe<bool> max_by_define;
  Maybe<std::string> cmd_max_name;
  Maybe<std::string> cmd_cnt_name;
  Maybe<std::string> kernel_policy;
  Maybe<Integer> version;
  Maybe<Integer> protonum;
  std::optional<std::vector<RawDefinition>> definitions;
  std::vector<RawAttributeSet> attribute_sets;
  std::optional<std::vector<RawSubMessage>> sub_messages;
  RawOperations operations;
  std::optional<RawGroups> mcast_groups;
  std::optional<RawKernelFamily> kernel_family;

  Level level = Level::kGenetlink;
  std::string license;  // SPDX expression of the first line; empty where there is none
  SourceSpan span;
};

// The profile beside a spec (NAME.genlc.yaml): what the spec language cannot say.

struct RawProfileModule {
  Maybe<std::string> name;
  Maybe<std::string> license;
  Maybe<std::string> author;
  Maybe<std::string> description;
  Maybe<bool> netnsok;
  Maybe<bool> parallel_ops;
  SourceSpan span;
};

struct RawProfileAttribute {
  RawText name;
  Maybe<Integer> default_value;
  Maybe<std::string> sensitive;
  SourceSpan span;
};

struct RawProfileSet {
  RawText name;
  std::optional<RawTextList> required;
  std::optional<RawTextList> key;
  std::optional<std::vector<RawProfileAttribute>> attributes;
  SourceSpan span;
};

struct RawProfileMessage {
  std::optional<RawTextList> required;
  SourceSpan span;
};

struct RawProfileExchange {
  std::optional<RawProfileMessage> request;
  std::optional<RawProfileMessage> reply;
  Maybe<std::string> pre;
  Maybe<std::string> post;
  SourceSpan span;
};

struct RawProfileCondition {
  RawText name;
  Spanned<Integer> value;
  SourceSpan span;
};

struct RawProfileWatch {
  std::optional<RawTextList> key;
  std::optional<RawTextList> changed;
  RawTextList removed;
  std::optional<RawTextList> groups;
  std::optional<std::vector<RawProfileCondition>> only;
  SourceSpan span;
};

struct RawProfileOperation {
  RawText name;
  std::optional<RawProfileExchange> do_exchange;
  std::optional<RawProfileExchange> dump;
  std::optional<RawProfileMessage> event;
  std::optional<RawProfileWatch> watch;
  SourceSpan span;
};

struct RawProfileHook {
  RawText name;
  Maybe<std::string> object;
  SourceSpan span;
};

struct RawProfileGroup {
  RawText name;
  std::optional<RawTextList> flags;
  SourceSpan span;
};

// Of `allow-breaking` and of `allow-lint`.
struct RawAllowed {
  RawText rule;
  RawText at;
  RawText reason;
  SourceSpan span;
};

struct RawProfile {
  std::optional<RawProfileModule> module;
  std::optional<std::vector<RawProfileSet>> attribute_sets;
  std::optional<std::vector<RawProfileOperation>> operations;
  std::optional<std::vector<RawProfileGroup>> mcast_groups;
  std::optional<std::vector<RawProfileHook>> hooks;
  std::optional<std::vector<RawAllowed>> allow_breaking;
  std::optional<std::vector<RawAllowed>> allow_lint;
  SourceSpan span;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_LOAD_RAW_H_
