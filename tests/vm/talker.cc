// A program for the VM's own tests: says what it is told, in bulk, to both of its outputs.
//
//   talker LINES    writes that many numbered lines of 64 bytes, every second one to stderr

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  const int lines = argc > 1 ? std::atoi(argv[1]) : 0;
  for (int i = 0; i < lines; ++i) {
    std::FILE* output = i % 2 == 0 ? stdout : stderr;
    std::fprintf(output, "%063d\n", i);
    std::fflush(output);
  }
  return 0;
}
