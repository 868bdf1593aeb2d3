#include "tools/genlc/posix.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "genl/deadline.h"
#include "gtest/gtest.h"

namespace genlc {
namespace {

class PosixFilesTest : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const {
    return absl::StrCat(::testing::TempDir(), "/posix_files_test/", name);
  }
  void SetUp() override { std::filesystem::remove_all(Path("")); }

  PosixFiles files_;
};

TEST_F(PosixFilesTest, GoodWriteMakesDirectories) {
  ASSERT_TRUE(files_.Write(Path("a/b/c.txt"), "text").ok());
  EXPECT_EQ(*files_.Read(Path("a/b/c.txt")), "text");
  ASSERT_TRUE(files_.Write(Path("a/b/c.txt"), std::string("\0new", 4)).ok());
  EXPECT_EQ(*files_.Read(Path("a/b/c.txt")), std::string("\0new", 4));
}

TEST_F(PosixFilesTest, GoodWriteLeavesNothingElseBehind) {
  ASSERT_TRUE(files_.Write(Path("only"), "text").ok());
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(Path(""))) ++count;
  EXPECT_EQ(count, 1);
}

TEST_F(PosixFilesTest, GoodWrittenFileFollowsTheUmask) {
  const mode_t before = umask(022);
  ASSERT_TRUE(files_.Write(Path("file"), "text").ok());
  umask(before);
  struct stat status;
  ASSERT_EQ(stat(Path("file").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0644u);
}

TEST_F(PosixFilesTest, GoodIdentityFollowsLinks) {
  ASSERT_TRUE(files_.Write(Path("real"), "text").ok());
  std::filesystem::create_symlink(Path("real"), Path("link"));
  EXPECT_EQ(files_.Identity(Path("link")), files_.Identity(Path("x/../real")));
  EXPECT_NE(files_.Identity(Path("link")), files_.Identity(Path("other")));
}

TEST_F(PosixFilesTest, BadAbsentFileIsNotFound) {
  const absl::Status status = files_.Read(Path("absent")).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_EQ(status.message(), "No such file or directory");
}

TEST_F(PosixFilesTest, BadDirectoryIsNotAFile) {
  EXPECT_EQ(files_.Read(::testing::TempDir()).status().message(), "Is a directory");
}

TEST_F(PosixFilesTest, BadFileWithoutEndIsRefused) {
  EXPECT_EQ(files_.Read("/dev/zero").status().message(), "File too large");
}

TEST_F(PosixFilesTest, BadFileInPlaceOfADirectory) {
  ASSERT_TRUE(files_.Write(Path("file"), "text").ok());
  EXPECT_EQ(files_.Write(Path("file/below"), "text").message(), "Not a directory");
}

// A repository of its own; what the person at this machine has configured does not matter.
TEST_F(PosixFilesTest, GoodFilesOfARevisionOfGit) {
  if (system("git --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no git";
  const std::string git =
      absl::StrCat("git -C ", Path("repository"), " -c user.name=n -c user.email=e ");
  ASSERT_TRUE(files_.Write(Path("repository/specs/fan.yaml"), "first\n").ok());
  ASSERT_EQ(system((git + "init -q").c_str()), 0);
  ASSERT_EQ(system((git + "add . && " + git + "commit -qm one").c_str()), 0);
  ASSERT_TRUE(files_.Write(Path("repository/specs/fan.yaml"), "second\n").ok());
  ASSERT_TRUE(files_.Write(Path("repository/specs/new.yaml"), "new\n").ok());

  EXPECT_EQ(files_.ReadRevision(Path("repository/specs/fan.yaml"), "HEAD").value(), "first\n");
  const auto absent = files_.ReadRevision(Path("repository/specs/new.yaml"), "HEAD").status();
  EXPECT_TRUE(absl::IsNotFound(absent)) << absent;
  const auto unknown = files_.ReadRevision(Path("repository/specs/fan.yaml"), "v1").status();
  EXPECT_EQ(unknown.message(), "git: Not a valid object name v1");
  const auto nowhere = files_.ReadRevision("/proc/fan.yaml", "HEAD").status();
  EXPECT_EQ(nowhere.message().substr(0, 25), "git: not a git repository");
}

TEST(PosixWaitTest, GoodWhateverComesFirstEndsTheWait) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  PosixFiles files;
  PosixEnvironment env(files);
  genl::Deadline soon(absl::Milliseconds(1));
  EXPECT_EQ(env.Wait(pipe_ends[0], soon), Wake::kTimeout);

  genl::Deadline never(absl::InfiniteDuration());
  ASSERT_EQ(write(pipe_ends[1], "x", 1), 1);
  EXPECT_EQ(env.Wait(pipe_ends[0], never), Wake::kReadable);

  // A stream that never rests can be ended all the same.
  ASSERT_EQ(kill(getpid(), SIGINT), 0);
  EXPECT_EQ(env.Wait(pipe_ends[0], never), Wake::kInterrupted);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

}  // namespace
}  // namespace genlc
