#include "tools/genlc/description.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "family/codegen/banner.h"
#include "family/model/spelling.h"
#include "tools/doc/describe.h"
#include "tools/genlc/page.h"

namespace genlc {
namespace {

// In a line, without the marks that documents have.
std::string Plain(absl::string_view text) {
  return absl::StrJoin(WrapText(absl::StrReplaceAll(text, {{"`", ""}}), 1 << 20), " ");
}

void AppendSection(std::string& page, absl::string_view title, const std::vector<Row>& rows) {
  if (rows.empty()) return;
  absl::StrAppend(&page, "\n", title, ":\n");
  AppendRows(page, rows);
}

// The parts that are not empty.
std::string Join(std::vector<std::string> parts, absl::string_view separator) {
  parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
  return absl::StrJoin(parts, separator);
}

std::string Needs(bool admin_perm, bool uns_admin_perm) {
  const std::string permission = DescribePermission(admin_perm, uns_admin_perm);
  return permission.empty() ? "" : absl::StrCat("Needs ", permission, ".");
}

std::string Protocol(const Family& family) {
  if (family.is_generic()) return absl::StrCat("generic netlink, version ", family.version);
  return absl::StrCat("netlink protocol ", family.protocol_number.value_or(0));
}

Row OperationRow(const Operation& operation) {
  std::string use;
  if (operation.is_async()) {
    use = operation.group != nullptr ? operation.group->name : "";
  } else {
    use = Join({operation.do_exchange ? "do" : "", operation.dump ? "dump" : ""}, ", ");
  }
  return {operation.name, absl::StrCat(operation.number), use,
          Join({Plain(operation.doc), Needs(operation.admin_perm, operation.uns_admin_perm),
                Plain(DescribeCondition(operation))},
               " ")};
}

bool Same(const Message& a, const Message& b) {
  return a.number == b.number && a.fixed_header == b.fixed_header &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const Field& left, const Field& right) {
                      return left.attribute == right.attribute && left.required == right.required;
                    });
}

// The messages of one operation. What stands in a set or structure is told once.
class OperationPage {
 public:
  OperationPage(const Family& family, const Operation& operation)
      : family_(family), operation_(operation) {}

  std::string Run();

 private:
  void AddExchange(absl::string_view mode, const Exchange& exchange);
  void AddMessage(absl::string_view what, const Message& message, bool request);
  void AddEnums();

  void Fields(const Message& message);
  void Members(const Struct& structure, int depth);
  void AddAttribute(const Attribute& attribute, bool required, int depth);
  void Inside(const AttributeSet* set, const Struct* structure, int depth);
  void Formats(const Attribute& attribute, int depth);
  void AddRow(absl::string_view name, absl::string_view type, std::string facts, int depth) {
    rows_.push_back({absl::StrCat(std::string(2 * static_cast<size_t>(depth), ' '), name),
                     Plain(type), std::move(facts)});
  }
  // "as above" where the parts of an attribute have been told; empty otherwise.
  std::string Told(const void* part) const { return told_.count(part) != 0 ? "as above" : ""; }

  void Mention(const Enum* enumeration) {
    if (enumeration == nullptr) return;
    if (std::find(enums_.begin(), enums_.end(), enumeration) == enums_.end()) {
      enums_.push_back(enumeration);
    }
  }

  const Family& family_;
  const Operation& operation_;
  std::string page_;
  bool request_ = false;   // of the message at hand
  std::vector<Row> rows_;  // name, type, what else
  std::set<const void*> told_;
  std::vector<const Enum*> enums_;
};

std::string OperationPage::Run() {
  AppendParagraphs(page_, Join({absl::StrCat(operation_.name, ":"), Plain(operation_.doc)}, " "));
  const MulticastGroup* group = operation_.group;
  const std::string needs = group != nullptr
                                ? Needs(group->admin_perm, group->uns_admin_perm)
                                : Needs(operation_.admin_perm, operation_.uns_admin_perm);
  // Specs of classic netlink do not say who may call.
  AppendParagraphs(
      page_, Join({absl::StrCat("Number ", operation_.number, ", ", operation_.c_name, "."),
                   group != nullptr ? absl::StrCat("Told to the group ", group->name, ".") : "",
                   needs.empty() && family_.is_generic() ? "For anybody." : needs,
                   Plain(DescribeCondition(operation_))},
                  " "));
  if (operation_.do_exchange) AddExchange("do", *operation_.do_exchange);
  if (operation_.dump) AddExchange("dump", *operation_.dump);
  if (const Message* message = operation_.async_message()) {
    AddMessage("notification", *message, false);
  } else if (!operation_.do_exchange && !operation_.dump) {
    absl::StrAppend(&page_, "A reserved number; it cannot be called.\n");
  }
  AddEnums();
  return std::move(page_);
}

void OperationPage::AddExchange(absl::string_view mode, const Exchange& exchange) {
  AddMessage(absl::StrCat(mode, " request"), exchange.request, true);
  const std::string reply = absl::StrCat(mode, " reply");
  const std::optional<Exchange>& first = operation_.do_exchange;
  if (!exchange.reply) {
    absl::StrAppend(&page_, "\n", reply, ": an acknowledgement\n");
  } else if (first && &exchange != &*first && first->reply &&
             Same(*first->reply, *exchange.reply)) {
    absl::StrAppend(&page_, "\n", reply, ": as the do reply\n");
  } else {
    AddMessage(reply, *exchange.reply, false);
  }
}

void OperationPage::AddMessage(absl::string_view what, const Message& message, bool request) {
  request_ = request;
  Fields(message);
  // In directional families requests and replies are numbered apart.
  const std::string title = message.number == operation_.number || operation_.notify != nullptr
                                ? std::string(what)
                                : absl::StrCat(what, ", number ", message.number);
  if (rows_.empty()) absl::StrAppend(&page_, "\n", title, ": no attributes\n");
  AppendSection(page_, title, rows_);
  rows_.clear();
}

void OperationPage::AddEnums() {
  for (const Enum* enumeration : enums_) {
    std::vector<Row> rows;
    for (const EnumEntry& entry : enumeration->entries) {
      rows.push_back({entry.name, Text(entry.value), Plain(entry.doc)});
    }
    AppendSection(page_, absl::StrCat(enumeration->flags ? "flags " : "enum ", enumeration->name),
                  rows);
  }
}

void OperationPage::Fields(const Message& message) {
  if (const Struct* header = message.fixed_header) {
    AddRow("header", absl::StrCat("struct ", header->name), Told(header), 0);
    Inside(nullptr, header, 1);
  }
  for (const Field& field : message.fields) AddAttribute(*field.attribute, field.required, 0);
}

void OperationPage::AddAttribute(const Attribute& attribute, bool required, int depth) {
  if (attribute.type == AttributeType::kUnused || attribute.type == AttributeType::kPad) return;
  const Enum* mask = attribute.checks.flags_mask;
  const Enum* entries = mask != nullptr ? mask : attribute.enumeration;
  if (entries != nullptr && IsLong(*entries)) Mention(entries);
  const void* part = attribute.nested;
  if (part == nullptr) part = attribute.structure;
  if (part == nullptr) part = attribute.sub_message;
  AddRow(attribute.name, DescribeType(attribute),
         Join({Plain(DescribeLimits(attribute)), DescribePresence(attribute, required, request_),
               Told(part)},
              "; "),
         depth);
  Inside(attribute.nested, attribute.structure, depth + 1);
  if (attribute.sub_message != nullptr) Formats(attribute, depth + 1);
}

void OperationPage::Inside(const AttributeSet* set, const Struct* structure, int depth) {
  if (structure != nullptr && told_.insert(structure).second) Members(*structure, depth);
  if (set == nullptr || !told_.insert(set).second) return;
  for (const auto& attribute : set->attributes) {
    AddAttribute(*attribute, attribute->required_in_nest, depth);
  }
}

void OperationPage::Members(const Struct& structure, int depth) {
  for (const StructMember& member : structure.members) {
    if (member.kind == StructMember::Kind::kPad) continue;
    Mention(member.enumeration);
    AddRow(member.name, DescribeType(member), Told(member.structure), depth);
    Inside(nullptr, member.structure, depth + 1);
  }
}

void OperationPage::Formats(const Attribute& attribute, int depth) {
  if (!told_.insert(attribute.sub_message).second) return;
  const std::string selector = attribute.selector != nullptr ? attribute.selector->name : "";
  for (const SubMessageFormat& format : attribute.sub_message->formats) {
    const Struct* header = format.fixed_header;
    const std::string type =
        Join({header != nullptr ? absl::StrCat("struct ", header->name) : "",
              format.set != nullptr ? absl::StrCat("nest ", format.set->name) : ""},
             ", ");
    AddRow(absl::StrCat(selector, "=", format.value), type.empty() ? "nothing" : type,
           Told(format.set != nullptr ? static_cast<const void*>(format.set) : header), depth);
    Inside(format.set, header, depth + 1);
  }
}

}  // namespace

std::string DescribeFamily(const Family& family) {
  std::string page = absl::StrCat(family.name, ": ", Protocol(family), "\n");
  AppendParagraphs(page, Plain(family.doc));
  std::vector<Row> operations;
  std::vector<Row> notifications;
  std::vector<Row> groups;
  for (const auto& operation : family.operations) {
    (operation->is_async() ? notifications : operations).push_back(OperationRow(*operation));
  }
  for (const auto& group : family.groups) {
    groups.push_back({group->name, group->number ? absl::StrCat(*group->number) : "",
                      Needs(group->admin_perm, group->uns_admin_perm)});
  }
  AppendSection(page, "operations", operations);
  AppendSection(page, "notifications", notifications);
  AppendSection(page, "groups", groups);
  return page;
}

std::string DescribeOperation(const Family& family, const Operation& operation) {
  return OperationPage(family, operation).Run();
}

}  // namespace genlc
