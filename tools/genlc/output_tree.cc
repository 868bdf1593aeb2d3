#include "tools/genlc/output_tree.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tools/genlc/diff.h"

namespace genlc {
namespace {

// Paths come from specs (`uapi-header`): none may leave the directory that the user named.
bool StaysBelow(const std::filesystem::path& path) {
  if (path.empty() || path.is_absolute()) return false;
  for (const std::filesystem::path& part : path) {
    if (part == "..") return false;
  }
  return true;
}

struct Existing {
  bool exists = false;
  std::string text;
};

absl::StatusOr<Existing> ReadExisting(const FileSystem& disk, const std::string& path) {
  absl::StatusOr<std::string> text = disk.Read(path);
  if (text.ok()) return Existing{true, *std::move(text)};
  if (absl::IsNotFound(text.status())) return Existing{};
  return absl::Status(text.status().code(),
                      absl::StrCat("cannot read ", path, ": ", text.status().message()));
}

// Whether the text on the disk is not yet the one to have.
bool IsStale(const OutputFile& file, const Existing& existing) {
  if (!existing.exists) return true;
  return !file.write_once && existing.text != file.text;
}

}  // namespace

void OutputTree::Add(const std::string& directory, const OutputFiles& files, const Maker& maker) {
  for (const auto& [name, file] : files.files()) {
    if (!StaysBelow(name)) {
      problems_.push_back(
          absl::StrCat(maker.spec, " would write outside of ", directory, ": ", name));
      continue;
    }
    const std::string path = (std::filesystem::path(directory) / name).lexically_normal().string();
    const auto [entry, inserted] = entries_.try_emplace(path, Entry{file, maker});
    if (inserted) continue;
    const Entry& other = entry->second;
    if (other.file.text == file.text && other.maker.family != maker.family) continue;
    if (!conflicts_.emplace(other.maker.spec, maker.spec).second) continue;
    problems_.push_back(absl::StrCat(other.maker.spec, " and ", maker.spec, " both make ", path));
  }
}

absl::Status OutputTree::Write(FileSystem& disk) const {
  for (const auto& [path, entry] : entries_) {
    const absl::StatusOr<Existing> existing = ReadExisting(disk, path);
    if (!existing.ok()) return existing.status();
    if (!IsStale(entry.file, *existing)) continue;
    const absl::Status written = disk.Write(path, entry.file.text);
    if (!written.ok()) {
      return absl::Status(written.code(),
                          absl::StrCat("cannot write ", path, ": ", written.message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> OutputTree::Diff(const FileSystem& disk) const {
  std::string diff;
  for (const auto& [path, entry] : entries_) {
    const absl::StatusOr<Existing> existing = ReadExisting(disk, path);
    if (!existing.ok()) return existing.status();
    if (!IsStale(entry.file, *existing)) continue;
    absl::StrAppend(&diff, UnifiedDiff(path, existing->exists, existing->text, entry.file.text));
  }
  return diff;
}

}  // namespace genlc
