#include "family/load/dump.h"

#include <optional>
#include <sstream>
#include <tuple>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "family/load/schema.h"

namespace genlc {
namespace {

std::string Scalar(bool value) { return value ? "true" : "false"; }

std::string Scalar(Integer value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string Scalar(const RawNumber& number) { return number.text; }

std::string Scalar(const std::string& text) {
  constexpr absl::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+";
  const bool plain = !text.empty() && text.find_first_not_of(kPlain.data()) == text.npos;
  return plain ? text : absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
}

// Walks the same tables that the loader walks.
class RawDumper {
 public:
  void Line(absl::string_view text) {
    absl::StrAppend(&text_, std::string(indent_, ' '), text, "\n");
  }

  template <typename T>
  void Object(const T& object) {
    std::apply([&](const auto&... key) { (Value(key.name, object.*key.member), ...); },
               Schema<T>::kKeys);
  }

  std::string Take() { return std::move(text_); }

 private:
  static std::string Place(const SourceSpan& span) {
    if (span.file == nullptr) return "";
    const LineColumn start = span.start();
    return absl::StrCat(" @", start.line, ":", start.column);
  }

  template <typename T>
  void Value(absl::string_view key, const std::optional<T>& value) {
    if (value.has_value()) Value(key, *value);
  }

  template <typename T>
  void Value(absl::string_view key, const Spanned<T>& scalar) {
    Line(absl::StrCat(key, ": ", Scalar(scalar.value), Place(scalar.span)));
  }

  template <typename T>
  void Value(absl::string_view key, const std::vector<T>& items) {
    Line(absl::StrCat(key, ":"));
    indent_ += 2;
    for (const T& item : items) Item(item);
    indent_ -= 2;
  }

  template <typename T>
  void Value(absl::string_view key, const T& object) {
    Line(absl::StrCat(key, ":", Place(object.span)));
    Nested(object);
  }

  void Item(const RawText& text) { Line(absl::StrCat("- ", Scalar(text.value), Place(text.span))); }

  template <typename T>
  void Item(const T& object) {
    Line(absl::StrCat("-", Place(object.span)));
    Nested(object);
  }

  template <typename T>
  void Nested(const T& object) {
    indent_ += 2;
    Object(object);
    indent_ -= 2;
  }

  std::string text_;
  size_t indent_ = 0;
};

}  // namespace

std::string DumpRaw(const RawFamily& family) {
  RawDumper dumper;
  dumper.Line(absl::StrCat("license: ", Scalar(family.license)));
  dumper.Object(family);
  return dumper.Take();
}

std::string DumpRaw(const RawProfile& profile) {
  RawDumper dumper;
  dumper.Object(profile);
  return dumper.Take();
}

}  // namespace genlc
