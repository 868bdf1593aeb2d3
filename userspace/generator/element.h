// What the elements of an array are.
#ifndef GENLC_USERSPACE_GENERATOR_ELEMENT_H_
#define GENLC_USERSPACE_GENERATOR_ELEMENT_H_

#include "family/model/attribute.h"

namespace genlc {

// An attribute like one element of an indexed array: the limits of the array are those of each.
inline Attribute ElementOf(const Attribute& array) {
  Attribute element = array;
  element.type = array.sub_type;
  element.has_sub_type = false;
  return element;
}

}  // namespace genlc

#endif  // GENLC_USERSPACE_GENERATOR_ELEMENT_H_
