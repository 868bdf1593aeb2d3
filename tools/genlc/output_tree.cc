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
    Insert({file, maker, directory, name}, /*own_folder=*/false);
  }
}

void OutputTree::Insert(Entry entry, bool own_folder) {
  std::filesystem::path folder = entry.directory;
  if (own_folder) folder /= entry.maker.family;
  const std::string path = (folder / entry.name).lexically_normal().string();
  if (shared_.count(path) != 0) return Insert(std::move(entry), /*own_folder=*/true);
  const auto found = entries_.find(path);
  if (found == entries_.end()) {
    entries_.emplace(path, std::move(entry));
    return;
  }
  const Entry& other = found->second;
  if (other.maker.family == entry.maker.family || own_folder) {
    if (!conflicts_.emplace(other.maker.spec, entry.maker.spec).second) return;
    problems_.push_back(
        absl::StrCat(other.maker.spec, " and ", entry.maker.spec, " both make ", path));
    return;
  }
  if (other.file.text == entry.file.text) return;
  shared_.insert(path);
  Insert(std::move(entries_.extract(found).mapped()), /*own_folder=*/true);
  Insert(std::move(entry), /*own_folder=*/true);
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
