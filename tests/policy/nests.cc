// What is inside an attribute: a value, or further attributes.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "genl/table.h"
#include "tests/policy/visitor.h"

namespace genlc::policy {
namespace {

// How deep the core follows nests (MAX_POLICY_RECURSION_DEPTH in lib/nlattr.c): attributes that
// stand in as many are not looked at, and refused.
constexpr int kTooManyNests = 10;

// No attribute: its length is more than all that is there.
const Bytes kScalar = {0xff, 0xff, 0xff, 0xff};

}  // namespace

void Visitor::Values(const Place& place, const Attribute& attribute) {
  switch (attribute.type) {
    case AttributeType::kNest: return Nest(place, attribute);
    case AttributeType::kIndexedArray: return Array(place, attribute);
    case AttributeType::kNestTypeValue: return Levels(place, attribute);
    default: break;
  }
  const std::string path = PathOf(place, attribute);
  for (const Value& value : samples_.Values(attribute)) {
    Piece piece = samples_.Smallest(attribute);
    piece.payload = value.payload;
    Emit(place, attribute, {value.kind, path, value.what, value.rule, value.decoded},
         std::move(piece));
  }
  Piece piece = samples_.Smallest(attribute);
  piece.type |= NLA_F_NESTED;
  Emit(place, attribute, {Kind::kNesting, path, "flagged as a nest", Rule::kNestFlagUnexpected},
       std::move(piece));
}

// The set in an attribute, whose payload is made of the set's attributes.
void Visitor::Inside(const Place& place, const Attribute& attribute, std::string path, bool decoded,
                     const std::function<Bytes(const Bytes& inside)>& payload) {
  const AttributeSet* set = attribute.nested;
  // A set in itself shows all that a deeper one would.
  if (std::count(place.around.begin(), place.around.end(), set) > 1) return;
  Place inner{.set = set,
              .fields = FieldsOf(*set),
              .path = std::move(path),
              .depth = place.depth + 1,
              .decoded = place.decoded || decoded,
              .around = place.around};
  inner.around.push_back(set);
  inner.request = [&](const Bytes& attributes) -> std::optional<Bytes> {
    Piece piece = samples_.Smallest(attribute);
    piece.payload = payload(attributes);
    if (piece.payload.size() > kLongestPayload) return std::nullopt;
    return place.request(With(place, &attribute, Behind(attribute, std::move(piece))));
  };
  Set(inner);
}

void Visitor::NestFlags(const Place& place, const Attribute& attribute) {
  const std::string path = PathOf(place, attribute);
  Piece piece = samples_.Smallest(attribute);
  Emit(place, attribute, {Kind::kNesting, path, "the smallest"}, piece);
  piece.type &= ~NLA_F_NESTED;
  Emit(place, attribute, {Kind::kNesting, path, "not flagged as a nest", Rule::kNestFlagMissing},
       piece);
  piece.type |= NLA_F_NESTED;
  for (const size_t length : {1, 3}) {
    piece.payload = Bytes(length);
    Emit(place, attribute,
         {Kind::kNesting, path, absl::StrCat(length, " bytes inside"), Rule::kNestTooShort}, piece);
  }
}

void Visitor::Nest(const Place& place, const Attribute& attribute) {
  NestFlags(place, attribute);
  Piece scalar = samples_.Smallest(attribute);
  scalar.payload = Followed(scalar.payload, kScalar);
  Emit(place, {Kind::kNesting, PathOf(place, attribute), "a scalar inside", Rule::kLeftover},
       With(place, &attribute, Behind(attribute, scalar)), "");
  if (attribute.nested == place.set) Depth(place, attribute);
  Inside(place, attribute, PathOf(place, attribute), false,
         [](const Bytes& inside) { return inside; });
}

// As many nests in each other as the kernel follows, and one more.
void Visitor::Depth(const Place& place, const Attribute& attribute) {
  if (std::count(place.around.begin(), place.around.end(), place.set) > 1) return;
  std::vector<Piece> pieces = samples_.Required(FieldsOf(*attribute.nested));
  // The core does not look into a nest that is empty.
  if (pieces.empty())
    pieces.push_back(samples_.Smallest(*FieldsOf(*attribute.nested)[0].attribute));
  Piece piece = samples_.Smallest(attribute);
  piece.payload = Encode(pieces);
  for (int depth = place.depth + 1; depth <= kTooManyNests; ++depth) {
    if (depth >= kTooManyNests - 1) {
      const Rule rule = depth < kTooManyNests ? Rule::kNone : Rule::kTooDeep;
      Emit(place, {Kind::kDepth, place.PathOf(attribute.name), absl::StrCat(depth, " nests"), rule},
           With(place, &attribute, Behind(attribute, piece)), "");
    }
    std::vector<Piece> around = samples_.Required(FieldsOf(*attribute.nested), &attribute);
    around.push_back(piece);
    piece.payload = Encode(around);
  }
}

void Visitor::Array(const Place& place, const Attribute& attribute) {
  NestFlags(place, attribute);
  ArrayEnds(place, attribute);
  Elements(place, attribute);
  if (attribute.sub_type != AttributeType::kNest) return;
  Inside(place, attribute, absl::StrCat(PathOf(place, attribute), "[1]"), false,
         [&](const Bytes& inside) {
           return Encode({samples_.Element(attribute, 1), samples_.Levels(attribute, 2, inside)});
         });
}

// Elements of an array: their numbers and flags say nothing.
void Visitor::Elements(const Place& place, const Attribute& attribute) {
  const std::string path = absl::StrCat(PathOf(place, attribute), "[1]");
  const auto emit = [&](Kind kind, const std::string& what, Rule rule, const Piece& element) {
    Piece array = samples_.Smallest(attribute);
    array.payload = Encode({samples_.Element(attribute, 1), element});
    const bool nests = attribute.sub_type == AttributeType::kNest;
    Emit(place, {kind, path, what, rule, !nests}, With(place, &attribute, Behind(attribute, array)),
         path);
  };
  const Piece good = samples_.Element(attribute, 2);
  const auto flagged = [&](uint16_t type) { return Piece{.type = type, .payload = good.payload}; };
  emit(Kind::kUnknown, "element 0", Rule::kNone, flagged(0));
  emit(Kind::kUnknown, "the last number", Rule::kNone, flagged(genl::kMaxAttributeNumber));
  emit(Kind::kNesting, "an element not flagged", Rule::kNone, flagged(2));
  emit(Kind::kNesting, "an element flagged", Rule::kNone, flagged(2 | NLA_F_NESTED));
  if (attribute.sub_type == AttributeType::kNest) {
    for (const size_t length : {1, 3}) {
      emit(Kind::kNesting, absl::StrCat(length, " bytes in an element"), Rule::kElementTooShort,
           {.type = 2 | NLA_F_NESTED, .payload = Bytes(length)});
    }
    return;
  }
  for (const Value& value : samples_.Values(attribute)) {
    emit(value.kind, value.what, value.rule, {.type = 2, .payload = value.payload});
  }
}

void Visitor::ArrayEnds(const Place& place, const Attribute& attribute) {
  const std::string path = PathOf(place, attribute);
  const auto emit = [&](const char* what, const Bytes& end) {
    Piece array = samples_.Smallest(attribute);
    array.payload = Followed(array.payload, end);
    Emit(place, {Kind::kTruncated, path, what, Rule::kLeftoverInArray, true},
         With(place, &attribute, Behind(attribute, array)), path);
  };
  emit("3 bytes behind the elements", Bytes(3));
  emit("a scalar behind the elements", kScalar);
  Piece cut = samples_.Element(attribute, 2);
  cut.length = static_cast<uint16_t>(NLA_ALIGN(NLA_HDRLEN + cut.payload.size()) + 4);
  emit("an element 4 bytes too long", Encode({cut}));
  if (FieldsOf(*place.set).empty()) return;
  const auto required = std::any_of(place.fields.begin(), place.fields.end(), [&](const Field& f) {
    return f.required && f.attribute == &attribute;
  });
  if (required) return;
  Piece empty = samples_.Smallest(attribute);
  empty.payload.clear();
  Emit(place, attribute, {Kind::kNesting, path, "an empty array"}, empty);
}

// Nests whose types are values. Where there are several levels, the core sees the first.
void Visitor::Levels(const Place& place, const Attribute& attribute) {
  const bool deep = attribute.type_values.size() > 1;
  NestFlags(place, attribute);
  ArrayEnds(place, attribute);
  const std::string path = PathOf(place, attribute);
  std::string inner = path;
  for (size_t level = 0; level < attribute.type_values.size(); ++level) {
    absl::StrAppend(&inner, "[2]");
    if (level + 1 == attribute.type_values.size()) break;
    const auto emit = [&](const char* what, const Bytes& inside) {
      Piece piece{.type = 2 | NLA_F_NESTED, .payload = inside};
      for (size_t i = 0; i < level; ++i) piece.payload = Encode({piece});
      Piece array = samples_.Smallest(attribute);
      array.payload = Encode({samples_.Element(attribute, 1), piece});
      Emit(place, {Kind::kNesting, inner, what, Rule::kNotAlone, true},
           With(place, &attribute, Behind(attribute, array)), inner);
    };
    const Piece one{.type = 3 | NLA_F_NESTED};
    emit("a level with nothing inside", {});
    emit("a level with two values inside", Encode({one, one}));
    emit("a level with 3 bytes behind its value", Followed(Encode({one}), Bytes(3)));
  }
  Inside(place, attribute, inner, deep, [&](const Bytes& inside) {
    return Encode({samples_.Element(attribute, 1), samples_.Levels(attribute, 2, inside)});
  });
}

}  // namespace genlc::policy
