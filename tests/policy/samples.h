// Legal values of every attribute, for what stands in a request beside the one under test.
#ifndef GENLC_TESTS_POLICY_SAMPLES_H_
#define GENLC_TESTS_POLICY_SAMPLES_H_

#include <map>
#include <optional>
#include <vector>

#include "family/model/operation.h"
#include "tests/policy/place.h"
#include "tests/policy/values.h"

namespace genlc::policy {

bool IsNest(const Attribute& attribute);

class Samples {
 public:
  // The values of a plain attribute, or those of the elements of an array of such.
  const std::vector<Value>& Values(const Attribute& attribute);

  // The attribute with the smallest value.
  Piece Smallest(const Attribute& attribute);
  // With another legal value, where it has one.
  std::optional<Piece> Other(const Attribute& attribute);
  // An element of an array, or of nests whose types are values.
  Piece Element(const Attribute& array, uint16_t number);
  // One of those whose types are values, with these attributes inside.
  Piece Levels(const Attribute& attribute, uint16_t number, const Bytes& inside) const;

  // The attributes that have to be there, but for one.
  std::vector<Piece> Required(const std::vector<Field>& fields, const Attribute* but = nullptr);

 private:
  std::optional<Bytes> OtherNest(const AttributeSet& set);

  std::map<const Attribute*, std::vector<Value>> values_;
};

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_SAMPLES_H_
