// Source files and places in them.
//
// A SourceManager owns the text of every file that a compilation reads. Everything
// later refers to that text by SourceSpan: a file and two byte offsets. Line and
// column are computed only when a diagnostic is printed.
#ifndef GENLC_FAMILY_SOURCE_SOURCE_H_
#define GENLC_FAMILY_SOURCE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace genlc {

// A place as people and editors count it: both from 1, the column in code points.
struct LineColumn {
  int line = 1;
  int column = 1;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

// One file, immutable. Owned by a SourceManager.
class SourceFile {
 public:
  SourceFile(std::string path, std::string text);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  // The path as the user wrote it; it is what diagnostics print.
  const std::string& path() const { return path_; }
  absl::string_view text() const { return text_; }
  int line_count() const { return static_cast<int>(line_starts_.size()); }

  // `offset` in bytes, at most text().size().
  LineColumn Locate(uint32_t offset) const;

  // The inverse: the byte offset of a place, clamped to the end of its line.
  uint32_t Offset(LineColumn place) const;

  // The byte offset of the character (code point) of that number, counted from 0; at most
  // text().size().
  uint32_t CharacterOffset(size_t character) const;

  // The text of a line without its line feed. `line` counts from 1.
  absl::string_view Line(int line) const;

 private:
  const std::string path_;
  const std::string text_;
  // How many characters begin before `offset`.
  size_t CharactersBefore(uint32_t offset) const;

  std::vector<uint32_t> line_starts_;
  // The same for each multiple of a block's size, so that a line of megabytes costs no more.
  std::vector<uint32_t> characters_;
};

// Bytes [begin, end) of a file. An empty span is a point; one without a file stands for
// "nowhere in the text", such as a command line.
struct SourceSpan {
  const SourceFile* file = nullptr;
  uint32_t begin = 0;
  uint32_t end = 0;

  absl::string_view text() const;
  LineColumn start() const { return file->Locate(begin); }

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

// A value together with the place that says so.
template <typename T>
struct Spanned {
  T value{};
  SourceSpan span;
};

// Owns the files of one compilation. Files keep their address.
class SourceManager {
 public:
  const SourceFile* Add(std::string path, std::string text);

 private:
  std::vector<std::unique_ptr<SourceFile>> files_;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_SOURCE_SOURCE_H_
