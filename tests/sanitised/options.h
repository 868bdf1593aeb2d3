// --name=value, for the programs of this folder.
#ifndef GENLC_TESTS_SANITISED_OPTIONS_H_
#define GENLC_TESTS_SANITISED_OPTIONS_H_

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

namespace genlc {

class Options {
 public:
  Options(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
      const std::string word = argv[i];
      const size_t equal = word.find('=');
      if (word.rfind("--", 0) != 0 || equal == std::string::npos) {
        std::cerr << "not --name=value: " << word << "\n";
        std::exit(2);
      }
      values_[word.substr(2, equal - 2)] = word.substr(equal + 1);
    }
  }

  bool Has(const std::string& name) const { return values_.count(name) != 0; }

  // Empty: not given.
  std::string Text(const std::string& name) const { return Has(name) ? values_.at(name) : ""; }

  uint64_t Number(const std::string& name, uint64_t otherwise) const {
    return Has(name) ? std::strtoull(values_.at(name).c_str(), nullptr, 0) : otherwise;
  }

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace genlc

#endif  // GENLC_TESTS_SANITISED_OPTIONS_H_
