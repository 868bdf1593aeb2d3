// Messages as JSON, both ways, for every family: all that is needed are its tables.
//
//   absl::StatusOr<std::string> text = genl::ToJson(kSensorSet, attributes);
//   // {"id":3,"kind":"infrared","features":["latching"],"bus-address":"192.0.2.1",
//   //  "threshold":[{"severity":"warning","temperature":70000}]}
//
//   genl::Writer writer;
//   genl::JsonFault fault;
//   absl::Status status = genl::FromJson(kSensorSet, R"({"id": "three"})", writer, &fault);
//   // attribute `id`: a number is expected; fault.place is where "three" stands
//
// What stands for what:
//   integers           numbers of all 64 bits; text where the spec wants hexadecimal ("0x1f")
//   enumerations       the name of the entry, or the number where it has none
//   flags              an array of names; bits without a name together as a number at its end
//   bitfields          {"value": .., "selector": ..}, each as flags or a number
//   strings            text; binaries: hexadecimal text ("c0ffee")
//   addresses, UUIDs   text as the display hint of the spec says
//   flag attributes    true
//   nests              objects
//   structures         objects; members that are not there are zero
//   fixed headers      an object, the member `header` of the message, as a structure
//   sub-messages       the object of their format: a nest, which may have a `header`, or a
//                      structure; hexadecimal text where the spec does not know the format
//   multi-attributes, arrays, indexed arrays    arrays
//   nests by type and value    an array of objects with the types as members
//   unknown attributes     a member named by the number, "#17", with the payload as
//                          hexadecimal text, or an array of these
//   a structure of another length    with the member "#rest", what stands behind it, or
//                      "#size", the number of its bytes
//   what does not have the form of its type    {"#hex": "c0ffee"}, the payload
//
// The attribute that says which format a sub-message has may stand before or behind it, or
// further out, as on the wire.
//
// Members stand in the order of the wire and go to the wire in the order of the text. Of an
// attribute that stands twice and may not, the last counts, as everywhere else.
#ifndef GENL_JSON_JSON_H_
#define GENL_JSON_JSON_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "genl/fault.h"
#include "genl/json/tree.h"
#include "genl/layout.h"
#include "genl/reader.h"
#include "genl/table.h"
#include "genl/writer.h"

namespace genl {

enum class JsonStyle { kCompact, kPretty };

// Appends the object for a message: its fixed header and attributes. DataLoss, and nothing
// appended, where the bytes are no such thing at all; damage further inside shows as
// {"#hex": ...}.
absl::Status AppendJson(const MessageTable& message, Bytes bytes, JsonStyle style, std::string& to);
absl::StatusOr<std::string> ToJson(const MessageTable& message, Bytes bytes,
                                   JsonStyle style = JsonStyle::kCompact);
// Of `*value`, a struct of this layout.
absl::StatusOr<std::string> ToJson(const Layout& layout, const void* value,
                                   JsonStyle style = JsonStyle::kCompact);

// What is wrong with a text, the path of the attribute, and where in the text it stands.
struct JsonFault : Fault {
  JsonPlace place;  // in bytes
  // Where a name is unknown: the name, and all that could have stood there. The names
  // belong to the tables.
  std::string word;
  std::vector<absl::string_view> candidates;

  using Fault::Set;
  bool Set(std::string what, JsonPlace where) {
    place = where;
    return Set(std::move(what));
  }
};

// Whether values must keep the limits of the spec, or only have to fit their type.
enum class JsonLimits { kEnforced, kIgnored };

// Appends the header and attributes that the object in `json` describes. InvalidArgument with the
// path where something is unknown, of the wrong type or out of range; what has been written until
// then is worthless. `fault`, where given, says the same in parts.
//
// Beyond what ToJson() writes: numbers may be text ("12", "0x1f"), one flag need not be an
// array, and false is an absent flag attribute.
absl::Status FromJson(const MessageTable& message, absl::string_view json, Writer& writer,
                      JsonFault* fault = nullptr, JsonLimits limits = JsonLimits::kEnforced);
// Into `*value`, a struct of this layout, which must have its required members.
absl::Status FromJson(const Layout& layout, absl::string_view json, void* value,
                      JsonFault* fault = nullptr);

// The same from the words of a command line:
//
//   id=3 label=door location.rack=7 threshold[0].severity=warning muted features=latching,redundant
//   header.ifi-index=3 linkinfo.kind=vlan linkinfo.data.id=5
//
// A name that stands again adds an element. A nest or array may be given as JSON,
// `location={"rack":7}`. Places are in the arguments joined by single spaces.
absl::Status FromArguments(const MessageTable& message, absl::Span<const std::string> arguments,
                           Writer& writer, JsonFault* fault = nullptr,
                           JsonLimits limits = JsonLimits::kEnforced);

}  // namespace genl

#endif  // GENL_JSON_JSON_H_
