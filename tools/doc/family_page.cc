#include "tools/doc/family_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "family/codegen/banner.h"
#include "family/model/spelling.h"
#include "tools/doc/describe.h"
#include "tools/doc/nesting_picture.h"

namespace genlc {
namespace {

std::string Quoted(absl::string_view text) {
  return text.empty() ? std::string() : absl::StrCat("`", text, "`");
}

class PageBuilder {
 public:
  PageBuilder(const Family& family, const cpp::Plan& plan) : family_(family), plan_(plan) {}

  Document Run() {
    page_.title = absl::StrCat("The family `", family_.name, "`");
    page_.banner = Banner(family_, "--doc_out");
    page_.banner.insert(page_.banner.begin(),
                        absl::StrCat("SPDX-License-Identifier: ", family_.license));
    AddDoc(family_.doc);
    Facts();
    ContentsOfPage();
    if (std::optional<Picture> picture = NestingPicture(family_)) {
      Section(2, "How messages nest", "nesting");
      Add(*std::move(picture));
    }
    Section(2, "Operations", "operations");
    for (const auto& operation : family_.operations) {
      if (!operation->is_async()) DescribeOperation(*operation);
    }
    Notifications();
    Section(2, "Attribute sets", "attribute-sets");
    for (const auto& set : family_.sets) DescribeSet(*set);
    SubMessages();
    Definitions();
    return std::move(page_);
  }

 private:
  void Add(Block block) { page_.blocks.push_back(std::move(block)); }
  void Section(int level, std::string text, std::string anchor) {
    Add(Heading{level, std::move(text), std::move(anchor)});
  }
  void AddDoc(const std::string& doc) {
    for (const std::string& line : WrapText(doc, 1000000)) {
      if (!line.empty()) Add(Paragraph{line});
    }
  }

  void Facts() {
    Table table{{"", ""}, {}};
    table.rows.push_back({"Name on the wire", Quoted(family_.name)});
    table.rows.push_back(
        {"Protocol",
         family_.is_generic()
             ? absl::StrCat("generic netlink, version ", family_.version)
             : absl::StrCat("netlink", family_.protocol_number
                                           ? absl::StrCat(" protocol ", *family_.protocol_number)
                                           : "")});
    table.rows.push_back({"C header", Quoted(absl::StrCat("<", family_.uapi_header, ">"))});
    table.rows.push_back({"C++ namespace", Quoted(plan_.namespace_name)});
    Add(std::move(table));
  }

  void ContentsOfPage() {
    Contents contents;
    for (const auto& operation : family_.operations) {
      contents.links.push_back({Quoted(operation->name), absl::StrCat("op-", operation->name)});
    }
    Add(std::move(contents));
  }

  const cpp::CppOperation* Planned(const Operation& operation, bool dump) const {
    for (const cpp::CppOperation& planned : plan_.operations) {
      if (planned.operation == &operation && planned.dump == dump) return &planned;
    }
    return nullptr;
  }

  void DescribeOperation(const Operation& operation) {
    Section(3, Quoted(operation.name), absl::StrCat("op-", operation.name));
    AddDoc(operation.doc);
    const std::string permission =
        DescribePermission(operation.admin_perm, operation.uns_admin_perm);
    const std::string condition = DescribeCondition(operation);
    Add(Paragraph{absl::StrCat("Number ", operation.number, " (", Quoted(operation.c_name),
                               "). Callers: ", permission.empty() ? "anybody" : permission, ".",
                               condition.empty() ? "" : " ", condition)});
    if (operation.do_exchange) DescribeExchange(operation, *operation.do_exchange, false);
    if (operation.dump) DescribeExchange(operation, *operation.dump, true);
    if (!operation.do_exchange && !operation.dump) {
      Add(Paragraph{"A reserved number; it cannot be called."});
    }
  }

  void DescribeExchange(const Operation& operation, const Exchange& exchange, bool dump) {
    const cpp::CppOperation* planned = Planned(operation, dump);
    const std::string mode = absl::StrCat("`", dump ? "dump" : "do", "`");
    DescribeMessage(absl::StrCat("Request of ", mode), exchange.request,
                    planned != nullptr ? planned->request : nullptr, Direction::kRequest);
    if (!exchange.reply) {
      Add(Paragraph{"Answer: an acknowledgement."});
    } else {
      DescribeMessage(dump ? "Reply, one for each object" : "Reply", *exchange.reply,
                      planned != nullptr ? planned->reply : nullptr, Direction::kReply);
    }
    Examples(operation, exchange, dump);
  }

  enum class Direction { kRequest, kReply };

  // `type`: its struct in C++; null where it has none.
  void DescribeMessage(const std::string& what, const Message& message, const cpp::CppStruct* type,
                       Direction direction) {
    const std::string cpp_name =
        type == nullptr ? "" : absl::StrCat(", `", plan_.namespace_name, "::", type->name, "`");
    if (message.fields.empty() && message.fixed_header == nullptr) {
      Add(Paragraph{absl::StrCat(what, ": no attributes.")});
      return;
    }
    Add(Paragraph{absl::StrCat(what, cpp_name, ":")});
    Add(Fields(message, type, direction));
  }

  Table Fields(const Message& message, const cpp::CppStruct* type, Direction direction) const {
    const bool request = direction == Direction::kRequest;
    Table table{{"attribute", "C++", "type", "limits", "", "what it is"}, {}};
    if (const Struct* header = message.fixed_header) {
      table.rows.push_back({"", "`header`", absl::StrCat("struct `", header->name, "`"), "",
                            "always", "The fixed header, before all attributes."});
    }
    for (const Field& field : message.fields) {
      const Attribute& attribute = *field.attribute;
      table.rows.push_back({Quoted(attribute.name), Quoted(MemberName(type, attribute)),
                            DescribeType(attribute), DescribeLimits(attribute),
                            DescribePresence(attribute, field.required, request), attribute.doc});
    }
    return table;
  }

  // Of the member that holds the attribute; empty where it has none.
  static std::string MemberName(const cpp::CppStruct* type, const Attribute& attribute) {
    if (type == nullptr) return "";
    for (const cpp::CppMember& member : type->body().members) {
      if (member.attribute == &attribute) return member.name;
    }
    return "";
  }

  void Examples(const Operation& operation, const Exchange& exchange, bool dump) {
    std::string line =
        absl::StrCat("genlc ", dump ? "dump " : "do ", family_.name, " ", operation.name);
    std::vector<std::string> members;
    for (const Field& field : exchange.request.fields) {
      const std::string sample = SampleValue(*field.attribute);
      const bool shown = field.required || (members.empty() && !dump);
      if (!shown || sample.empty() || field.attribute->multi) continue;
      absl::StrAppend(&line, " ", field.attribute->name, "=", sample);
      members.push_back(field.attribute->name);
    }
    Add(Code{"sh", line + "\n"});
    if (const cpp::CppOperation* planned = Planned(operation, dump)) {
      Add(Code{"cpp", CppExample(*planned, dump)});
    }
  }

  std::string CppExample(const cpp::CppOperation& operation, bool dump) const {
    const std::string space = absl::StrCat(plan_.namespace_name, "::");
    const std::string argument =
        operation.request == nullptr ? "" : absl::StrCat(space, operation.request->name, "{}");
    const std::string call = absl::StrCat("client->", operation.method, "(", argument, ")");
    if (dump) {
      return absl::StrCat("for (const ", space, operation.reply->name, "& object : ", call,
                          ") { ... }\n");
    }
    if (operation.reply == nullptr) {
      return absl::StrCat("absl::Status status = ", call, ";\n");
    }
    return absl::StrCat("absl::StatusOr<", space, operation.reply->name, "> reply = ", call, ";\n");
  }

  void Notifications() {
    if (family_.groups.empty()) return;
    Section(2, "Multicast groups", "groups");
    Table table{{"group", "C name", "listeners", "what arrives"}, {}};
    for (const auto& group : family_.groups) {
      std::vector<std::string> arriving;
      for (const auto& operation : family_.operations) {
        if (operation->group == group.get()) arriving.push_back(Quoted(operation->name));
      }
      const std::string permission = DescribePermission(group->admin_perm, group->uns_admin_perm);
      table.rows.push_back({Quoted(group->name), Quoted(group->c_name),
                            permission.empty() ? "anybody" : permission,
                            absl::StrJoin(arriving, ", ")});
    }
    Add(std::move(table));
    for (const auto& operation : family_.operations) {
      if (!operation->is_async()) continue;
      Section(3, Quoted(operation->name), absl::StrCat("op-", operation->name));
      AddDoc(operation->doc);
      Add(Paragraph{absl::StrCat(
          "Number ", operation->number, " (", Quoted(operation->c_name), ")",
          operation->group == nullptr
              ? ""
              : absl::StrCat(", to the group ", Quoted(operation->group->name)),
          operation->notify == nullptr
              ? "."
              : absl::StrCat("; carries the reply of ", Quoted(operation->notify->name), "."))});
      if (operation->event) {
        DescribeMessage("Event", *operation->event, EventType(*operation), Direction::kReply);
      }
      Add(Code{
          "sh",
          absl::StrCat("genlc watch ", family_.name,
                       operation->group == nullptr ? "" : absl::StrCat(" ", operation->group->name),
                       "\n")});
    }
  }

  const cpp::CppStruct* EventType(const Operation& operation) const {
    for (const cpp::CppEvent& event : plan_.events) {
      if (event.operation == &operation) return event.type;
    }
    return nullptr;
  }

  void DescribeSet(const AttributeSet& set) {
    Section(3, Quoted(set.name), absl::StrCat("set-", set.name));
    AddDoc(set.doc);
    if (set.subset_of != nullptr) {
      Add(Paragraph{absl::StrCat("A part of ", Quoted(set.subset_of->name), ".")});
    }
    Table table{{"attribute", "number", "C name", "type", "limits", ""}, {}};
    for (const auto& attribute : set.attributes) {
      table.rows.push_back(
          {Quoted(attribute->name), absl::StrCat(attribute->number), Quoted(attribute->c_name),
           DescribeType(*attribute), DescribeLimits(*attribute),
           attribute->required_in_nest ? "required in a nest" : DescribeAudience(*attribute)});
    }
    Add(std::move(table));
  }

  void SubMessages() {
    if (family_.sub_messages.empty()) return;
    Section(2, "Sub-messages", "sub-messages");
    for (const auto& message : family_.sub_messages) {
      Section(3, Quoted(message->name), absl::StrCat("sub-", message->name));
      Table table{{"where the selector says", "fixed header", "attributes"}, {}};
      for (const SubMessageFormat& format : message->formats) {
        table.rows.push_back({Quoted(format.value),
                              Quoted(format.fixed_header ? format.fixed_header->name : ""),
                              Quoted(format.set != nullptr ? format.set->name : "")});
      }
      Add(std::move(table));
    }
  }

  void Definitions() {
    if (family_.definitions.empty()) return;
    Section(2, "Definitions", "definitions");
    for (const auto& definition : family_.definitions) {
      std::visit([&](const auto* d) { Define(*d); }, definition);
    }
  }

  // One definition that serves as numbers and as bits has two names.
  void CppNames(const std::vector<std::string>& names) {
    std::vector<std::string> full;
    for (const std::string& name : names) {
      full.push_back(absl::StrCat("`", plan_.namespace_name, "::", name, "`"));
    }
    if (!full.empty()) Add(Paragraph{absl::StrCat("In C++ ", absl::StrJoin(full, " and "), ".")});
  }

  void Define(const Constant& constant) {
    Section(3, Quoted(constant.name), absl::StrCat("def-", constant.name));
    AddDoc(constant.doc);
    const Integer* number = std::get_if<Integer>(&constant.value);
    Add(Paragraph{absl::StrCat(
        Quoted(constant.c_name), " = ",
        Quoted(number != nullptr ? Text(*number) : std::get<std::string>(constant.value)))});
  }

  void Define(const Enum& e) {
    Section(3, Quoted(e.name), absl::StrCat("def-", e.name));
    AddDoc(e.doc);
    std::vector<std::string> names;
    for (const cpp::CppEnum& planned : plan_.enums) {
      if (planned.definition == &e) names.push_back(planned.name);
    }
    CppNames(names);
    Table table{{e.flags ? "flag" : "entry", "value", "C name", "what it is"}, {}};
    for (const EnumEntry& entry : e.entries) {
      table.rows.push_back(
          {Quoted(entry.name), Text(entry.value), Quoted(entry.c_name), entry.doc});
    }
    Add(std::move(table));
  }

  void Define(const Struct& structure) {
    Section(3, Quoted(structure.name), absl::StrCat("def-", structure.name));
    AddDoc(structure.doc);
    Add(Paragraph{absl::StrCat("A binary structure of ", structure.size, " bytes.")});
    for (const auto& planned : plan_.structures) {
      if (planned->definition == &structure) CppNames({planned->name});
    }
    Table table{{"member", "type", "offset", "bytes", "what it is"}, {}};
    for (const StructMember& member : structure.members) {
      table.rows.push_back({Quoted(member.name), DescribeType(member), absl::StrCat(member.offset),
                            absl::StrCat(member.size), member.doc});
    }
    Add(std::move(table));
  }

  const Family& family_;
  const cpp::Plan& plan_;
  Document page_;
};

}  // namespace

Document FamilyPage(const Family& family, const cpp::Plan& plan) {
  return PageBuilder(family, plan).Run();
}

}  // namespace genlc
