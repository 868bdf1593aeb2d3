// Requests at, and just beyond, everything that a spec says of them.
//
// A case is the smallest request that the spec allows with one thing in it: a value at its limit,
// an attribute too many, a byte too few. Where it breaks a rule, the case says which and where, so
// that one line of rules.cc tells what a kernel has to answer. All of it follows from the Family;
// what the generators make of it is not looked at.
#ifndef GENLC_TESTS_POLICY_CASES_H_
#define GENLC_TESTS_POLICY_CASES_H_

#include <functional>
#include <string>
#include <vector>

#include "family/model/family.h"
#include "tests/policy/rules.h"
#include "tests/policy/values.h"

namespace genlc::policy {

// One side of an operation.
struct Request {
  const Operation* operation = nullptr;
  const Exchange* exchange = nullptr;
  bool dump = false;
  Validation validation = Validation::kStrict;
};

struct Case {
  Kind kind = Kind::kSmallest;
  std::string path = {};  // of the attribute that it is about; empty: the request
  std::string what = {};  // in words
  Bytes payload = {};     // the fixed header, if the family has one, and the attributes
  Rule rule = Rule::kNone;
  std::string culprit = {};  // path that an answer names for the rule
  bool decoded = false;      // see Context
  // The answer is the one to this payload, and not the one to that; empty: any answer will do.
  Bytes same_as = {};
  Bytes unlike = {};
};

// Both sides of all operations.
std::vector<Request> RequestsOf(const Family& family);

// Visits the cases of one request, in the order of the spec.
void ForEachCase(const Family& family, const Request& request,
                 const std::function<void(const Case&)>& visit);

// "sensor-set threshold[1].hysteresis above-maximum (20001)", the same for each run.
std::string Describe(const Request& request, const Case& one);

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_CASES_H_
