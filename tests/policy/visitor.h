// Walks everything that a request may carry and makes the cases.
#ifndef GENLC_TESTS_POLICY_VISITOR_H_
#define GENLC_TESTS_POLICY_VISITOR_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "family/model/family.h"
#include "tests/policy/cases.h"
#include "tests/policy/place.h"
#include "tests/policy/samples.h"

namespace genlc::policy {

class Visitor {
 public:
  Visitor(const Family& family, const Request& request,
          const std::function<void(const Case&)>& visit);
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  void Run();

 private:
  // What a case is about, and what it says of it.
  struct Subject {
    Kind kind;
    std::string path;
    std::string what;
    Rule rule = Rule::kNone;
    bool decoded = false;
  };

  // visitor.cc: what holds for every set of attributes.
  void Set(const Place& place);
  void Missing(const Place& place, const Field& field);
  void Duplicates(const Place& place, const Attribute& attribute);
  void Refused(const Place& place, const Attribute& attribute);
  void Repeated(const Place& place, const Attribute& attribute);
  void ByteOrder(const Place& place, const Attribute& attribute);
  void Truncated(const Place& place);
  void Cut(const Place& place, const Attribute& attribute);
  void Unknown(const Place& place);
  void UnknownNumber(const Place& place, uint16_t number);
  Rule RuleOf(const Place& place, uint16_t number) const;

  // nests.cc: what is inside an attribute.
  void Values(const Place& place, const Attribute& attribute);
  void Nest(const Place& place, const Attribute& attribute);
  void NestFlags(const Place& place, const Attribute& attribute);
  void Array(const Place& place, const Attribute& attribute);
  void Elements(const Place& place, const Attribute& attribute);
  void ArrayEnds(const Place& place, const Attribute& attribute);
  void Levels(const Place& place, const Attribute& attribute);
  void Depth(const Place& place, const Attribute& attribute);
  void Inside(const Place& place, const Attribute& attribute, std::string path, bool decoded,
              const std::function<Bytes(const Bytes& inside)>& payload);

  // The attributes of the place with `pieces` among them, instead of the required one that they
  // stand for.
  Bytes With(const Place& place, const Attribute* attribute, std::vector<Piece> pieces);
  // A repeated attribute stands behind a good one, so that its index shows.
  std::vector<Piece> Behind(const Attribute& attribute, Piece piece);
  std::string PathOf(const Place& place, const Attribute& attribute) const;

  void Emit(const Place& place, Subject subject, Bytes attributes, std::string culprit);
  void Emit(const Place& place, const Attribute& attribute, Subject subject, Piece piece);

  const Request& request_;
  const std::function<void(const Case&)>& visit_;
  Samples samples_;
  // What the policy of the operation lets in; empty: it has none.
  std::map<uint32_t, const Attribute*> policy_;
  // Attributes of an operation that takes none are ignored, as old families do.
  bool ignores_all_ = false;
  // Each side of the operation refuses what only the other takes.
  bool has_sides_ = false;
};

}  // namespace genlc::policy

#endif  // GENLC_TESTS_POLICY_VISITOR_H_
