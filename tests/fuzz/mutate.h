// Small damage to a text, of the kind that people and tools do to specs.
#ifndef GENLC_TESTS_FUZZ_MUTATE_H_
#define GENLC_TESTS_FUZZ_MUTATE_H_

#include <random>
#include <string>
#include <vector>

namespace genlc {

class Mutator {
 public:
  // `corpus`: texts whose words and lines are used. The same seed does the same.
  Mutator(const std::vector<std::string>& corpus, unsigned seed);

  // One text of the corpus with one to four changes.
  std::string Next();

 private:
  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }
  const std::string& Pick(const std::vector<std::string>& list) { return list[Below(list.size())]; }
  void Change(std::vector<std::string>& lines);
  void ChangeWord(std::string& line);

  std::mt19937 random_;
  std::vector<std::vector<std::string>> texts_;  // as lines
  std::vector<std::string> lines_;
  std::vector<std::string> words_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_FUZZ_MUTATE_H_
