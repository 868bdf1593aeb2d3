#include "tests/policy/visitor.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "genl/table.h"

namespace genlc::policy {
namespace {

void AddFields(const std::optional<Exchange>& side, std::map<uint32_t, const Attribute*>& to) {
  if (!side) return;
  for (const Field& field : PlaceOf(side->request).fields) {
    to.emplace(field.attribute->number, field.attribute);
  }
}

bool IgnoresAll(const Operation& operation) {
  return (!operation.do_exchange || operation.dont_validate_strict) &&
         (!operation.dump || operation.dont_validate_dump || operation.dont_validate_dump_strict);
}

}  // namespace

Visitor::Visitor(const Family& family, const Request& request,
                 const std::function<void(const Case&)>& visit)
    : request_(request), visit_(visit) {
  const bool is_global = family.kernel_policy == KernelPolicy::kGlobal;
  for (const auto& operation : family.operations) {
    if (operation->is_async() || (!is_global && operation.get() != request.operation)) continue;
    AddFields(operation->do_exchange, policy_);
    AddFields(operation->dump, policy_);
  }
  ignores_all_ = policy_.empty() && (is_global || IgnoresAll(*request.operation));
  has_sides_ = family.kernel_policy == KernelPolicy::kSplit;
}

void Visitor::Run() {
  const Place place = PlaceOf(request_.exchange->request);
  const auto smallest = [&](const char* what) {
    Emit(place, {.kind = Kind::kSmallest, .path = "", .what = what},
         Encode(samples_.Required(place.fields)), "");
  };
  smallest("only what is required");
  Set(place);
  smallest("the same again, after all others");
}

void Visitor::Set(const Place& place) {
  for (const Field& field : place.fields) {
    const Attribute& attribute = *field.attribute;
    Values(place, attribute);
    if (field.required) Missing(place, field);
    if (attribute.multi) {
      Repeated(place, attribute);
    } else {
      Duplicates(place, attribute);
      Refused(place, attribute);
    }
    ByteOrder(place, attribute);
    Cut(place, attribute);
  }
  Truncated(place);
  Unknown(place);
}

Bytes Visitor::With(const Place& place, const Attribute* attribute, std::vector<Piece> pieces) {
  std::vector<Piece> all = samples_.Required(place.fields, attribute);
  std::move(pieces.begin(), pieces.end(), std::back_inserter(all));
  return Encode(all);
}

std::vector<Piece> Visitor::Behind(const Attribute& attribute, Piece piece) {
  std::vector<Piece> pieces;
  if (attribute.multi) pieces.push_back(samples_.Smallest(attribute));
  pieces.push_back(std::move(piece));
  return pieces;
}

std::string Visitor::PathOf(const Place& place, const Attribute& attribute) const {
  return absl::StrCat(place.PathOf(attribute.name), attribute.multi ? "[1]" : "");
}

void Visitor::Emit(const Place& place, Subject subject, Bytes attributes, std::string culprit) {
  std::optional<Bytes> request = place.request(attributes);
  if (!request) return;
  visit_({.kind = subject.kind,
          .path = std::move(subject.path),
          .what = std::move(subject.what),
          .payload = *std::move(request),
          .rule = subject.rule,
          .culprit = std::move(culprit),
          .decoded = subject.decoded || place.decoded});
}

void Visitor::Emit(const Place& place, const Attribute& attribute, Subject subject, Piece piece) {
  const std::string path = subject.path;
  Emit(place, std::move(subject), With(place, &attribute, Behind(attribute, std::move(piece))),
       path);
}

void Visitor::Missing(const Place& place, const Field& field) {
  const Attribute& attribute = *field.attribute;
  const std::string path = place.PathOf(attribute.name);
  Emit(place, {Kind::kMissing, path, "not there", Rule::kMissing}, With(place, &attribute, {}),
       path);
  if (!IsNest(attribute) || attribute.type == AttributeType::kNest) return;
  Piece empty = samples_.Smallest(attribute);
  empty.payload.clear();
  Emit(place, {Kind::kMissing, path, "an empty array", Rule::kMissing},
       With(place, &attribute, {empty}), path);
}

// Of an attribute that stands twice, the last one counts.
void Visitor::Duplicates(const Place& place, const Attribute& attribute) {
  const Piece one = samples_.Smallest(attribute);
  const std::optional<Piece> other = samples_.Other(attribute);
  const auto emit = [&](const char* what, const Piece& first, const Piece& last) {
    const std::optional<Bytes> both = place.request(With(place, &attribute, {first, last}));
    if (!both) return;
    Case duplicate{
        .kind = Kind::kDuplicate, .path = PathOf(place, attribute), .what = what, .payload = *both};
    duplicate.same_as = *place.request(With(place, &attribute, {last}));
    if (other) duplicate.unlike = *place.request(With(place, &attribute, {first}));
    visit_(duplicate);
  };
  emit("twice", one, other.value_or(one));
  if (other) emit("twice, the other way round", *other, one);
}

// A good copy does not make up for a bad one, wherever it stands.
void Visitor::Refused(const Place& place, const Attribute& attribute) {
  const Piece good = samples_.Smallest(attribute);
  Piece bad = good;
  Rule rule = Rule::kNestTooShort;
  bool decoded = false;
  if (IsNest(attribute)) {
    bad.payload = {0};
  } else {
    const std::vector<Value>& values = samples_.Values(attribute);
    const auto found = std::find_if(values.begin(), values.end(),
                                    [](const Value& v) { return v.rule != Rule::kNone; });
    if (found == values.end()) return;
    bad.payload = found->payload;
    rule = found->rule;
    decoded = found->decoded;
  }
  const std::string path = PathOf(place, attribute);
  Emit(place, {Kind::kDuplicate, path, "a bad one, then a good one", rule, decoded},
       With(place, &attribute, {bad, good}), path);
  Emit(place, {Kind::kDuplicate, path, "a good one, then a bad one", rule, decoded},
       With(place, &attribute, {good, bad}), path);
}

void Visitor::Repeated(const Place& place, const Attribute& attribute) {
  const Piece one = samples_.Smallest(attribute);
  Emit(place, {Kind::kDuplicate, place.PathOf(attribute.name), "three times, as it may be"},
       With(place, &attribute, {one, samples_.Other(attribute).value_or(one), one}), "");
}

void Visitor::ByteOrder(const Place& place, const Attribute& attribute) {
  Piece piece = samples_.Smallest(attribute);
  piece.type |= NLA_F_NET_BYTEORDER;
  Emit(place, attribute, {Kind::kByteOrder, PathOf(place, attribute), "flagged"}, piece);
}

// One whose header tells of more bytes than there are.
void Visitor::Cut(const Place& place, const Attribute& attribute) {
  const std::string path = place.PathOf(attribute.name);
  Piece piece = samples_.Smallest(attribute);
  const Bytes good = With(place, nullptr, {});
  for (const size_t missing : {1, 4}) {
    const size_t there = NLA_ALIGN(NLA_HDRLEN + piece.payload.size());
    piece.length = static_cast<uint16_t>(there + missing);
    if (there + missing > 65535) continue;
    Emit(place, {Kind::kTruncated, path, absl::StrCat(missing, " bytes too long"), Rule::kLeftover},
         Followed(good, Encode({piece})), "");
  }
  piece.length = NLA_HDRLEN - 1;
  Emit(place, {Kind::kTruncated, path, "shorter than its header", Rule::kLeftover},
       Followed(good, Encode({piece})), "");
}

void Visitor::Truncated(const Place& place) {
  Bytes good = With(place, nullptr, {});
  // What is too short for any attribute is another matter.
  if (good.empty() && !place.fields.empty()) {
    good = Encode({samples_.Smallest(*place.fields[0].attribute)});
  }
  for (const size_t count : {1, 2, 3}) {
    Emit(place,
         {Kind::kTruncated, place.path, absl::StrCat(count, " bytes behind"), Rule::kLeftover},
         Followed(good, Bytes(count)), "");
  }
  Emit(place, {Kind::kTruncated, place.path, "a header of zeros", Rule::kLeftover},
       Followed(good, Bytes(NLA_HDRLEN)), "");
}

// All numbers that mean nothing here.
void Visitor::Unknown(const Place& place) {
  uint32_t max = 0;
  if (place.path.empty()) {
    if (!policy_.empty()) max = policy_.rbegin()->first;
  } else {
    for (const Field& field : place.fields) max = std::max(max, field.attribute->number);
  }
  for (uint32_t number = 0; number <= max + 1; ++number) {
    const bool known = std::any_of(place.fields.begin(), place.fields.end(),
                                   [&](const Field& f) { return f.attribute->number == number; });
    if (!known) UnknownNumber(place, static_cast<uint16_t>(number));
  }
  UnknownNumber(place, genl::kMaxAttributeNumber);
}

Rule Visitor::RuleOf(const Place& place, uint16_t number) const {
  const bool is_message = place.path.empty();
  if (is_message && ignores_all_) return Rule::kNone;
  uint32_t max = 0;
  for (const Field& field : place.fields) max = std::max(max, field.attribute->number);
  if (is_message) max = policy_.empty() ? 0 : policy_.rbegin()->first;
  // Where nothing is allowed, the policy has one entry that says so.
  if (max == 0 && number == 1) return Rule::kNoAttributes;
  if (number == 0 || number > max) return Rule::kUnknownAttribute;
  if (!is_message || policy_.count(number) == 0) return Rule::kUnsupported;
  return has_sides_ ? Rule::kForeign : Rule::kNone;
}

void Visitor::UnknownNumber(const Place& place, uint16_t number) {
  const Attribute* named = nullptr;
  if (place.set != nullptr) {
    for (const auto& attribute : place.set->attributes) {
      if (attribute->number == number) named = attribute.get();
    }
  }
  std::string path = place.PathOf(named != nullptr ? named->name : absl::StrCat("(", number, ")"));
  if (named != nullptr && named->multi) absl::StrAppend(&path, "[0]");
  const Rule rule = RuleOf(place, number);
  const auto emit = [&](const char* what, const Piece& piece, Rule broken) {
    Emit(place, {Kind::kUnknown, path, what, broken}, With(place, nullptr, {piece}), path);
  };
  if (place.path.empty() && policy_.count(number) > 0) {
    return emit("one of the other side", samples_.Smallest(*policy_.at(number)), rule);
  }
  emit("empty", {.type = number}, rule);
  emit("4 bytes", {.type = number, .payload = Bytes(4)}, rule);
  const bool flag_first = rule == Rule::kNoAttributes && request_.validation == Validation::kStrict;
  emit("a nest", {.type = static_cast<uint16_t>(number | NLA_F_NESTED)},
       flag_first ? Rule::kNoNest : rule);
}

}  // namespace genlc::policy
