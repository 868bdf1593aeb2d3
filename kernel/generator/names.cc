#include "kernel/generator/names.h"

#include <limits>
#include <sstream>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace genlc::kernel {
namespace {

// Keywords of C, macros that kernel code sees in lower case, and the members that generated
// structs have themselves.
constexpr absl::string_view kTaken[] = {
    "asm",    "asmlinkage", "at_least", "auto",        "bool",    "break",        "case",
    "char",   "const",      "continue", "current",     "default", "do",           "double",
    "else",   "enum",       "extern",   "fallthrough", "false",   "fixed_header", "float",
    "for",    "goto",       "has",      "i386",        "if",      "inline",       "int",
    "linux",  "long",       "noinline", "noinstr",     "notrace", "register",     "restrict",
    "return", "short",      "signed",   "sizeof",      "static",  "struct",       "switch",
    "true",   "typedef",    "typeof",   "union",       "unix",    "unsigned",     "vmemmap",
    "void",   "volatile",   "while"};

}  // namespace

std::string Lower(absl::string_view name) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"-", "_"}});
}

std::string Upper(absl::string_view name) { return absl::AsciiStrToUpper(Lower(name)); }

std::string Prefixed(const Family& family, absl::string_view name) {
  return absl::StrCat(family.c_name, "_", Lower(name));
}

std::string MemberName(absl::string_view name) {
  std::string member = Lower(name);
  if (absl::ascii_isdigit(static_cast<unsigned char>(member.front()))) member.insert(0, "_");
  if (absl::c_linear_search(kTaken, member)) member.push_back('_');
  return member;
}

std::string ReplyCommand(const Family& family, const Operation& operation) {
  return absl::StrCat(operation.c_name, family.directional ? "_REPLY" : "");
}

std::string ProtocolName(const Family& family) {
  return absl::StrCat(Upper(family.c_name), "_PROTOCOL");
}

std::string GroupIndex(const Family& family, const MulticastGroup& group) {
  return absl::StrCat(Upper(family.c_name), "_NLGRP_", Upper(group.name));
}

std::string ValidatorName(const Attribute& attribute) {
  return absl::StrCat(Lower(attribute.c_name), "_validate");
}

std::string RangeName(const Attribute& attribute) {
  return absl::StrCat(Lower(attribute.c_name), "_range");
}

std::string Decimal(Integer number) {
  std::ostringstream out;
  out << number;
  return out.str();
}

std::string Literal(Integer number) {
  // The one value whose literal C reads as a negated number that is too large.
  if (number == std::numeric_limits<int64_t>::min()) return "S64_MIN";
  if (number > std::numeric_limits<int64_t>::max()) return absl::StrCat(Decimal(number), "ULL");
  if (number < std::numeric_limits<int32_t>::min()) return absl::StrCat(Decimal(number), "LL");
  if (number == std::numeric_limits<int32_t>::min()) return "S32_MIN";
  if (number > std::numeric_limits<uint32_t>::max()) return absl::StrCat(Decimal(number), "LL");
  if (number > std::numeric_limits<int32_t>::max()) return absl::StrCat(Decimal(number), "U");
  return Decimal(number);
}

std::string LimitText(const Limit& limit) {
  if (limit.constant != nullptr) {
    const bool one_less = absl::EndsWith(limit.text, " - 1");
    return absl::StrCat(limit.constant->c_name, one_less ? " - 1" : "");
  }
  if (!limit.text.empty() && absl::ascii_isalpha(static_cast<unsigned char>(limit.text.front()))) {
    return Upper(limit.text);
  }
  return Literal(limit.value);
}

}  // namespace genlc::kernel
