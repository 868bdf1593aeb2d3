#include "genl/table.h"

namespace genl {

absl::string_view EnumName(const Enum& enumeration, uint64_t value) {
  for (const EnumEntry& entry : enumeration.entries) {
    if (entry.value == value) return entry.name;
  }
  return {};
}

}  // namespace genl
