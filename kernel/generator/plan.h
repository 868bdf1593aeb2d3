// What the module style makes of a family: the C types of its messages and nests, and the
// functions of its operations. Emitters print a plan and decide nothing.
#ifndef GENLC_KERNEL_GENERATOR_PLAN_H_
#define GENLC_KERNEL_GENERATOR_PLAN_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "family/diag/reporter.h"
#include "family/model/family.h"
#include "kernel/generator/usage.h"

namespace genlc::kernel {

struct Composite;

// What a value, or an element of a list, is in C.
enum class Shape {
  kFlag,      // bool
  kInteger,   // u32, __be32, enum
  kString,    // const char *
  kBinary,    // struct genlc_binary
  kArray,     // const u32 * and a count
  kBitfield,  // struct nla_bitfield32
  kStruct,    // a binary structure, copied
  kNest,      // a struct of attributes
};

// Whether one of its values stands for absence: false or NULL.
bool ShowsPresence(Shape shape);

// An attribute as a member of a struct.
struct Member {
  const Attribute* attribute = nullptr;
  std::string name;
  bool required = false;
  Shape shape = Shape::kFlag;
  // Several values: pointer and count on the way out, a list to read on the way in.
  bool list = false;
  // The list is a nest of its own (indexed-array, nest-type-value) instead of repeated attributes.
  bool indexed = false;
  // A nest of a type that contains itself: a pointer out, a list of at most one in.
  bool indirect = false;
  const Composite* nest = nullptr;  // kNest: its type
  std::string list_tag;             // of the list's struct: thermo_threshold_list
  std::string list_next;            // and the function that reads it

  bool is_list_in() const { return list || indirect; }
  // Whether presence is a bit of its own; other shapes show it themselves.
  bool has_bit() const { return !required && !is_list_in() && !ShowsPresence(shape); }
};

// A struct: a message, or a set that is nested in messages.
struct Composite {
  std::string tag;  // thermo_sensor_get_req
  const AttributeSet* set = nullptr;
  // In front of the attributes of a message; null: none.
  const Struct* fixed_header = nullptr;
  // An element of a nest-type-value: nests round the set, whose attribute types these are.
  std::vector<std::string> levels;
  const Composite* innermost = nullptr;
  std::string innermost_name;
  bool nested = false;
  bool in = false;   // decoded
  bool out = false;  // encoded
  // Handlers may ask for its size, to reserve a reply.
  bool size_is_public = false;
  // Something in it, at any depth, is told to some readers only: its encoder asks whom it is for.
  bool has_secrets = false;
  std::vector<Member> members;

  const Member* Find(const Attribute& attribute) const;
};

// One side of an operation: its `do` or its `dump`.
struct ExchangePlan {
  const Exchange* exchange = nullptr;
  const Composite* request = nullptr;  // null: nothing in it
  const Composite* reply = nullptr;    // null: none, or nothing in it
  bool has_reply = false;
  // Attributes that the operation's policy lets in and this side refuses.
  bool rejects = false;
};

struct OperationPlan {
  const Operation* operation = nullptr;
  std::string name;  // thermo_sensor_get
  std::optional<ExchangePlan> do_side;
  std::optional<ExchangePlan> dump_side;
  // Everything that a request of either side may carry, in the order of the spec.
  std::vector<const Attribute*> policy;
  const Composite* async = nullptr;  // what a notification carries; null: nothing
};

class Plan {
 public:
  // Reports names that would become one in C.
  Plan(const Family& family, Reporter& reporter);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const Family& family() const { return family_; }
  const Usage& usage() const { return usage_; }
  // In an order in which C can define them.
  const std::vector<const Composite*>& composites() const { return composites_; }
  const std::vector<OperationPlan>& operations() const { return operations_; }
  // Binary structures that messages carry, one after those that it contains.
  const std::vector<const Struct*>& structures() const { return structures_; }
  // What precedes the attributes of all messages; null: nothing.
  const Struct* fixed_header() const { return fixed_header_; }
  // What requests may carry, where all operations share one policy; else nothing.
  const std::vector<const Attribute*>& policy() const { return policy_; }

  bool has_async() const;
  // Whether something is built only under a kernel option.
  bool has_conditions() const;

  // thermo_nl_sensor_get_doit
  std::string Internal(absl::string_view name, absl::string_view suffix) const;

 private:
  struct NestTypes {
    const Composite* in = nullptr;
    const Composite* out = nullptr;
  };

  void AddStructures();
  void AddStructure(const Struct& structure);
  void AddNests();
  void AddLevels(const Attribute& attribute);
  void AddOperation(const Operation& operation);
  const Composite* AddMessage(std::string tag, const Message& message, bool in);
  const Composite* AddReply(const OperationPlan& plan, const Message& message, bool is_dump);
  Composite& NewComposite(std::string tag, const AttributeSet* set, SourceSpan span);
  Member MakeMember(const Composite& composite, const Attribute& attribute, bool required);
  void LinkNotifications();
  void FindSecrets();
  void ClaimNames(const OperationPlan& plan);
  // One C identifier for one thing; a second claim is reported.
  void Claim(const std::string& identifier, SourceSpan span);

  const Family& family_;
  Reporter& reporter_;
  const Usage usage_;
  std::vector<std::unique_ptr<Composite>> owned_;
  std::vector<const Composite*> composites_;
  std::vector<OperationPlan> operations_;
  std::vector<const Struct*> structures_;
  const Struct* fixed_header_ = nullptr;
  std::vector<const Attribute*> policy_;
  std::map<const AttributeSet*, NestTypes> nest_types_;
  std::map<const Attribute*, NestTypes> level_types_;
  std::map<const Message*, const Composite*> replies_;
  std::map<std::string, SourceSpan> identifiers_;
};

}  // namespace genlc::kernel

#endif  // GENLC_KERNEL_GENERATOR_PLAN_H_
