#include "kernel/generator/structures.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "kernel/generator/c_layout.h"
#include "kernel/generator/names.h"

namespace genlc::kernel {
namespace {

using Kind = StructMember::Kind;

// "u32", "__be16"; empty: no integer.
std::string IntegerType(const StructMember& member) {
  const bool is_signed = member.kind == Kind::kS8 || member.kind == Kind::kS16 ||
                         member.kind == Kind::kS32 || member.kind == Kind::kS64;
  const bool is_bytes =
      member.kind == Kind::kString || member.kind == Kind::kBinary || member.kind == Kind::kPad;
  if (is_bytes) return "";
  const uint32_t bits = 8 * member.size;
  if (member.byte_order == ByteOrder::kHost || bits == 8) {
    return absl::StrCat(is_signed ? "s" : "u", bits);
  }
  return absl::StrCat(member.byte_order == ByteOrder::kBig ? "__be" : "__le", bits);
}

std::string Declaration(const StructMember& member) {
  const std::string name = MemberName(member.name);
  const std::string integer = IntegerType(member);
  if (!integer.empty()) return absl::StrCat(integer, " ", name, ";");
  const Struct* inner = member.structure;
  if (inner != nullptr && inner->size > 0 && member.size % inner->size == 0) {
    const uint32_t count = member.size / inner->size;
    return absl::StrCat("struct ", inner->c_name, " ", name,
                        count == 1 ? "" : absl::StrCat("[", count, "]"), ";");
  }
  return absl::StrCat(member.kind == Kind::kString ? "char " : "u8 ", name, "[", member.size, "];");
}

}  // namespace

void EmitStructures(Printer& p, const Plan& plan) {
  for (const Struct* structure : plan.structures()) {
    if (!structure->header.empty()) continue;
    p.Blank();
    p.Emit({{"doc", Comment(structure->doc)},
            {"tag", structure->c_name},
            {"members",
             [&] {
               for (const StructMember& member : structure->members) p.Line(Declaration(member));
             }}},
           R"(
      $doc$
      struct $tag$ {
      	$members$
      } __packed;
    )");
  }
}

void EmitStructureSizes(Printer& p, const Plan& plan) {
  p.Blank();
  for (const Struct* structure : plan.structures()) {
    if (structure->header.empty()) continue;
    p.Line(absl::StrCat("static_assert(sizeof(struct ", structure->c_name, ") == ", structure->size,
                        ");"));
  }
}

std::string CopyFixedHeader(const std::string& header, const std::string& value, int depth) {
  const std::string source = absl::StrCat(value, "->fixed_header");
  return Wrap("memcpy(", {header, absl::StrCat("&", source), absl::StrCat("sizeof(", source, ")")},
              ");", depth);
}

}  // namespace genlc::kernel
