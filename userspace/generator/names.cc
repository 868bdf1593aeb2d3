#include "userspace/generator/names.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace genlc::cpp {
namespace {

// Keywords of C++20, and names that compilers or the C library define as macros.
constexpr absl::string_view kKeywords[] = {
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "i386",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
};

// Functions and variables of the C library, short enough for the name of a family, and the
// namespaces that generated code uses.
constexpr absl::string_view kGlobals[] = {
    "abort",    "abs",     "absl",       "accept",     "access",    "acos",    "alarm",
    "asin",     "atan",    "atexit",     "atof",       "atoi",      "bind",    "brk",
    "bsearch",  "cbrt",    "ceil",       "chdir",      "chmod",     "chown",   "chroot",
    "clock",    "clone",   "close",      "connect",    "cos",       "creat",   "crypt",
    "ctime",    "daemon",  "daylight",   "div",        "dup",       "environ", "erf",
    "execv",    "exit",    "exp",        "fabs",       "fcntl",     "floor",   "fmod",
    "fopen",    "fork",    "fprintf",    "free",       "fseek",     "fsync",   "ftell",
    "gamma",    "genl",    "getc",       "getenv",     "getopt",    "gets",    "getpid",
    "htonl",    "htons",   "hypot",      "index",      "ioctl",     "isatty",  "kill",
    "labs",     "ldexp",   "link",       "listen",     "localtime", "lockf",   "log",
    "lseek",    "malloc",  "memcpy",     "mkdir",      "mktime",    "nan",     "nice",
    "ntohl",    "ntohs",   "open",       "optarg",     "optind",    "pause",   "perror",
    "pipe",     "poll",    "pow",        "printf",     "putc",      "puts",    "qsort",
    "raise",    "rand",    "random",     "read",       "readlink",  "realloc", "recv",
    "remove",   "rename",  "rewind",     "rindex",     "rmdir",     "round",   "scanf",
    "select",   "send",    "setenv",     "setsockopt", "shutdown",  "signal",  "sin",
    "sleep",    "socket",  "socketpair", "sqrt",       "srand",     "stat",    "std",
    "stime",    "strcpy",  "strlen",     "strtol",     "symlink",   "sync",    "syscall",
    "system",   "tan",     "tee",        "time",       "timezone",  "tolower", "toupper",
    "truncate", "ttyname", "tzname",     "tzset",      "umask",     "ungetc",  "unlink",
    "usleep",   "utime",   "vfork",      "wait",       "wcslen",    "write",   "y0",
    "y1",       "yn",      "j0",         "j1",         "jn",
};

template <size_t N>
bool IsOneOf(absl::string_view name, const absl::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

// The words of a spec name; everything but letters and digits separates them.
std::vector<std::string> Words(absl::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, ""));
    }
  }
  if (!word.empty()) words.push_back(word);
  if (words.empty()) words.push_back("x");
  return words;
}

bool StartsWithDigit(const std::string& name) {
  return absl::ascii_isdigit(static_cast<unsigned char>(name[0]));
}

std::string CamelCase(absl::string_view name) {
  std::string result;
  for (std::string word : Words(name)) {
    word[0] = absl::ascii_toupper(static_cast<unsigned char>(word[0]));
    result += word;
  }
  return result;
}

}  // namespace

std::string TypeName(absl::string_view name) {
  const std::string camel = CamelCase(name);
  return StartsWithDigit(camel) ? absl::StrCat("N", camel) : camel;
}

std::string ConstantName(absl::string_view name) { return absl::StrCat("k", CamelCase(name)); }

std::string MemberName(absl::string_view name) {
  std::string member = absl::StrJoin(Words(name), "_");
  if (StartsWithDigit(member)) member.insert(0, "n");
  return IsOneOf(member, kKeywords) ? absl::StrCat(member, "_") : member;
}

std::string NamespaceName(absl::string_view name) {
  const std::string member = MemberName(name);
  return IsOneOf(member, kGlobals) ? absl::StrCat(member, "_") : member;
}

std::string GuardName(absl::string_view stem) {
  return absl::StrCat(absl::AsciiStrToUpper(MemberName(stem)), "_GENL_H_");
}

std::string Scope::Claim(const std::string& name, absl::string_view suffix) {
  std::string claimed = name;
  if (names_.count(claimed) != 0) claimed = absl::StrCat(name, suffix);
  for (int number = 2; !names_.insert(claimed).second; ++number) {
    claimed = absl::StrCat(name, suffix, number);
  }
  return claimed;
}

}  // namespace genlc::cpp
