#include "family/source/source.h"

#include <algorithm>
#include <utility>

namespace genlc {
namespace {

bool IsContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

SourceFile::SourceFile(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)), line_starts_{0} {
  for (uint32_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

LineColumn SourceFile::Locate(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const uint32_t start = *(next - 1);
  const absl::string_view before = text().substr(start, offset - start);
  return {.line = static_cast<int>(next - line_starts_.begin()),
          .column = 1 + static_cast<int>(std::count_if(
                            before.begin(), before.end(),
                            [](char c) { return !IsContinuationByte(c); }))};
}

uint32_t SourceFile::Offset(LineColumn place) const {
  const int line = std::clamp(place.line, 1, line_count());
  const absl::string_view text = Line(line);
  uint32_t byte = 0;
  for (int column = 1; column < place.column && byte < text.size(); ++column) {
    ++byte;
    while (byte < text.size() && IsContinuationByte(text[byte])) ++byte;
  }
  return line_starts_[line - 1] + byte;
}

absl::string_view SourceFile::Line(int line) const {
  const uint32_t start = line_starts_[line - 1];
  const uint32_t end = line < line_count() ? line_starts_[line] - 1 : text_.size();
  absl::string_view text = this->text().substr(start, end - start);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

absl::string_view SourceSpan::text() const {
  return file == nullptr ? absl::string_view() : file->text().substr(begin, end - begin);
}

const SourceFile* SourceManager::Add(std::string path, std::string text) {
  files_.push_back(std::make_unique<SourceFile>(std::move(path), std::move(text)));
  return files_.back().get();
}

}  // namespace genlc
