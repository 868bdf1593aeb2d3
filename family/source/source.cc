#include "family/source/source.h"

#include <algorithm>
#include <utility>

namespace genlc {
namespace {

constexpr uint32_t kBlock = 1024;

bool IsContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

SourceFile::SourceFile(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)), line_starts_{0} {
  uint32_t characters = 0;
  for (uint32_t i = 0; i < text_.size(); ++i) {
    if (i % kBlock == 0) characters_.push_back(characters);
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
    if (!IsContinuationByte(text_[i])) ++characters;
  }
  characters_.push_back(characters);
}

size_t SourceFile::CharactersBefore(uint32_t offset) const {
  const uint32_t block = offset / kBlock;
  if (offset == text_.size()) return characters_.back();
  const absl::string_view rest = text().substr(block * kBlock, offset - block * kBlock);
  return characters_[block] + std::count_if(rest.begin(), rest.end(), [](char c) {
           return !IsContinuationByte(c);
         });
}

uint32_t SourceFile::CharacterOffset(size_t character) const {
  if (character >= characters_.back()) return text_.size();
  const auto next = std::upper_bound(characters_.begin(), characters_.end() - 1, character);
  uint32_t offset = (next - characters_.begin() - 1) * kBlock;
  size_t index = *(next - 1);
  // Where each character is one byte, as in nearly all specs, there is nothing to look at.
  if (*next - index == kBlock) return offset + (character - index);
  // The block may begin within a character that the one before has counted.
  while (IsContinuationByte(text_[offset])) ++offset;
  for (; index < character; ++index) {
    ++offset;
    while (offset < text_.size() && IsContinuationByte(text_[offset])) ++offset;
  }
  return offset;
}

LineColumn SourceFile::Locate(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return {.line = static_cast<int>(next - line_starts_.begin()),
          .column = 1 + static_cast<int>(CharactersBefore(offset) - CharactersBefore(*(next - 1)))};
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
