#include "tools/syzlang/syzlang_backend.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "family/codegen/banner.h"
#include "family/codegen/printer.h"
#include "family/diag/catalogue.h"
#include "tools/syzlang/types.h"

namespace genlc {
namespace {

using syzlang::Identifier;
using syzlang::Types;

// All requests that have one number: those for one object and those for a dump differ in the
// flags of the message, which syzkaller tries itself.
struct Request {
  const Operation* operation = nullptr;
  const Struct* header = nullptr;
  std::vector<const Attribute*> attributes;
};

std::vector<Request> RequestsOf(const Family& family, Reporter& reporter, bool& ok) {
  std::vector<Request> requests;
  std::map<uint32_t, size_t> by_number;
  for (const auto& operation : family.operations) {
    for (const std::optional<Exchange>* exchange : {&operation->do_exchange, &operation->dump}) {
      if (!exchange->has_value()) continue;
      const Message& message = (*exchange)->request;
      const auto [place, is_new] = by_number.try_emplace(message.number, requests.size());
      if (is_new) requests.push_back({operation.get(), message.fixed_header, {}});
      Request& request = requests[place->second];
      if (request.header != message.fixed_header) {
        ok = reporter.Report(kNotExpressible, operation->span, "syzlang",
                             absl::StrCat("two fixed headers of the message ", message.number));
      }
      std::set<uint32_t> known;
      for (const Attribute* attribute : request.attributes) known.insert(attribute->number);
      for (const Field& field : message.fields) {
        if (known.insert(field.attribute->number).second) {
          request.attributes.push_back(field.attribute);
        }
      }
    }
  }
  return requests;
}

void EmitTop(Printer& printer, const Family& family) {
  const auto comment = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) printer.Line(line.empty() ? "#" : "# " + line);
  };
  printer.Line(absl::StrCat("# SPDX-License-Identifier: ", family.license));
  comment(Banner(family, "--syzlang_out"));
  printer.Line("#");
  comment(WrapText(family.doc, 95));
  printer.Emit(R"(
    #
    # A file of syzkaller's sys/linux. Commands and attributes go by their numbers.

    include <linux/net.h>
    include <uapi/linux/netlink.h>
  )");
}

// What sends the messages, and how they begin. `header` is empty where the family has none.
void EmitSocket(Printer& printer, const Family& family, const std::string& header) {
  const std::string name = Identifier(family.name);
  if (!family.is_generic()) {
    printer.Emit({{"name", name}, {"protocol", family.protocol_number.value_or(0)}}, R"(

      resource sock_nl_$name$[sock_netlink]
      socket$$nl_$name$(domain const[AF_NETLINK], type const[SOCK_RAW], proto const[$protocol$]) sock_nl_$name$
      type msghdr_$name$[TYPE, HEADER, ATTRS] msghdr_netlink[netlink_msg[TYPE, HEADER, ATTRS]]
    )");
    return;
  }
  printer.Emit({{"name", name}, {"family", family.name}}, R"(
    include <uapi/linux/genetlink.h>

    resource genl_$name$_family_id[int16]
    syz_genetlink_get_family_id$$$name$(name ptr[in, string["$family$"]], fd sock_nl_generic) genl_$name$_family_id
  )");
  if (header.empty()) {
    printer.Emit({{"name", name}}, R"(
      type msghdr_$name$[CMD, ATTRS] msghdr_netlink[netlink_msg_t[genl_$name$_family_id, genlmsghdr_t[CMD], ATTRS]]
    )");
    return;
  }
  printer.Emit({{"name", name}, {"header", header}}, R"(
    type msghdr_$name$[CMD, ATTRS] msghdr_netlink[netlink_msg_t[genl_$name$_family_id, $name$_headers[CMD], ATTRS]]

    type $name$_headers[CMD] {
    	genl	genlmsghdr_t[CMD]
    	user	$header$
    } [packed]
  )");
}

std::string Call(const Family& family, const Request& request, const std::string& header,
                 const std::string& attributes, uint32_t number) {
  const std::string name = Identifier(family.name);
  const std::string middle = family.is_generic() ? "" : absl::StrCat(header, ", ");
  return absl::StrCat("sendmsg$", name, "_", Identifier(request.operation->name), "(fd sock_nl_",
                      family.is_generic() ? "generic" : name, ", msg ptr[in, msghdr_", name, "[",
                      number, ", ", middle, attributes, "]], f flags[send_flags])");
}

uint32_t NumberOf(const Request& request) {
  const Operation& operation = *request.operation;
  return operation.do_exchange ? operation.do_exchange->request.number
                               : operation.dump->request.number;
}

}  // namespace

bool SyzlangBackend::Generate(const Family& family, OutputFiles& files, Reporter& reporter) const {
  bool ok = true;
  const std::vector<Request> requests = RequestsOf(family, reporter, ok);
  if (requests.empty()) {
    return reporter.Report(kNotExpressible, family.span, "syzlang",
                           "a family that takes no requests");
  }
  Types types(family);
  std::vector<std::string> calls;
  std::string header;
  for (const Request& request : requests) {
    header = request.header != nullptr ? types.Header(*request.header) : "";
    const std::string attributes =
        types.Attributes(Identifier(request.operation->name), request.attributes);
    calls.push_back(
        Call(family, request, header.empty() ? "void" : header, attributes, NumberOf(request)));
  }
  if (!ok) return false;
  Printer printer;
  EmitTop(printer, family);
  EmitSocket(printer, family, family.is_generic() ? header : "");
  printer.Blank();
  for (const std::string& call : calls) printer.Line(call);
  types.Emit(printer);
  files.Add(absl::StrCat(family.name, ".txt"), printer.Take());
  return true;
}

}  // namespace genlc
