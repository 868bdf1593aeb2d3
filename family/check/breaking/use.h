// Which way the parts of a family travel: a limit matters in requests, a promise in replies.
// Internal to this directory.
#ifndef GENLC_FAMILY_CHECK_BREAKING_USE_H_
#define GENLC_FAMILY_CHECK_BREAKING_USE_H_

#include <map>
#include <set>

#include "family/model/family.h"

namespace genlc {

struct Use {
  bool request = false;
  bool reply = false;         // or notification
  bool request_nest = false;  // inside another attribute
  bool reply_nest = false;
  bool header = false;  // of structures: attributes follow
};

class Uses {
 public:
  explicit Uses(const Family& family);

  // An attribute of a subset travels as that of the main set. One that no message lists may go
  // either way: specs of old families do not tell all.
  Use Of(const Attribute& attribute) const;
  Use Of(const Struct& structure) const;
  // Whether messages have values of the enumeration.
  bool OnWire(const Enum& enumeration) const { return enums_.contains(&enumeration); }
  // Whether the set stands inside an attribute.
  bool IsNest(const AttributeSet& set) const { return nests_.contains(&set); }

 private:
  struct Way {
    bool request;
    bool nest;
    auto operator<=>(const Way&) const = default;
  };

  void AddMessage(const Message& message, bool request);
  void AddAttribute(const Attribute& attribute, Way way);
  void AddStruct(const Struct* structure, const Use& use);

  std::map<const Attribute*, Use> attributes_;
  std::map<const Struct*, Use> structs_;
  std::set<const Enum*> enums_;
  std::set<const AttributeSet*> nests_;
  std::set<std::pair<const Attribute*, Way>> seen_;
};

}  // namespace genlc

#endif  // GENLC_FAMILY_CHECK_BREAKING_USE_H_
