// Attributes, their sets and sub-messages on the wire.
#include "family/check/breaking/comparison.h"
#include "family/diag/catalogue/breaking_wire.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

// Whether who reads one type understands everything that is written as another. `uint` and `sint`
// have 32 bits where the value fits, and are read in either width.
bool Understands(AttributeType reader, AttributeType writer, const IntegerRange& written) {
  if (reader == writer) return true;
  if (!IsInteger(reader) || !IsInteger(writer) || IsSigned(reader) != IsSigned(writer)) {
    return false;
  }
  const auto varies = [](AttributeType type) {
    return type == AttributeType::kUint || type == AttributeType::kSint;
  };
  if (varies(reader)) return BitWidth(writer) >= 32;
  if (!varies(writer) || BitWidth(reader) != 32) return false;
  const IntegerRange known = TypeRange(reader);
  return written.min >= known.min && written.max <= known.max;
}

bool HasElements(const Attribute& attribute) {
  return attribute.has_sub_type && (attribute.type == AttributeType::kIndexedArray ||
                                    attribute.type == AttributeType::kBinary);
}

// The integer, of each element where there are several; unused where there is none.
AttributeType IntegerOf(const Attribute& attribute) {
  const AttributeType type = HasElements(attribute) ? attribute.sub_type : attribute.type;
  return IsInteger(type) ? type : AttributeType::kUnused;
}

std::string TypeText(const Attribute& attribute) {
  const std::string type(TypeName(attribute.type));
  if (HasElements(attribute)) return absl::StrCat(type, " of ", TypeName(attribute.sub_type));
  if (attribute.structure != nullptr) return absl::StrCat(type, ", ", attribute.structure->name);
  return type;
}

std::string OrderText(ByteOrder order) {
  return order == ByteOrder::kHost ? "that of the machine" : std::string(Spelling(order));
}

const char* CountText(bool multi) { return multi ? "several times" : "once"; }
const char* FlagsText(bool flags) { return flags ? "combinations of flags" : "single entries"; }

void CompareAttribute(Comparison& c, const Attribute& before, const Attribute& after) {
  // A number without a value may get one.
  if (IsReserved(before)) return;
  if (!TypeFits(c, before, after)) {
    c.ReportKey(kBreakAttributeType, "type", before, after, TypeText(after), TypeText(before));
    return;
  }
  const AttributeType integer = IntegerOf(after);
  if (BitWidth(integer) > 8 && before.byte_order != after.byte_order) {
    c.ReportKey(kBreakByteOrder, "byte-order", before, after, OrderText(after.byte_order),
                OrderText(before.byte_order));
  }
  if (!CountFits(c, before, after)) {
    c.ReportKey(kBreakMulti, "multi-attr", before, after, CountText(after.multi),
                CountText(before.multi));
  }
  if (before.type_values.size() != after.type_values.size()) {
    c.ReportKey(kBreakLevels, "type-value", before, after,
                static_cast<int64_t>(after.type_values.size()),
                static_cast<int64_t>(before.type_values.size()));
  }
  if (before.enumeration != nullptr && after.enumeration != nullptr &&
      before.holds_flags() != after.holds_flags()) {
    c.ReportKey(kBreakFlags, "enum-as-flags", before, after, FlagsText(after.holds_flags()),
                FlagsText(before.holds_flags()));
  }
  if (before.selector != nullptr && after.selector != nullptr &&
      before.selector->name != after.selector->name &&
      FindNow(*before.selector, *after.selector->set) != after.selector) {
    c.ReportKey(kBreakSelector, "selector", before, after, after.selector->name,
                before.selector->name);
  }
  if (before.required_in_nest && !after.required_in_nest && c.uses().Of(before).reply_nest) {
    c.Report(kBreakNotAlwaysSent, Comparison::PlaceOf(after), after.span, before.span);
  }
}

void CompareSet(Comparison& c, const AttributeSet& before, const AttributeSet& after) {
  Row row;
  for (const auto& attribute : before.attributes) {
    const Attribute* now = FindNow(*attribute, after);
    if (now == nullptr) {
      if (IsReserved(*attribute)) continue;
      const Attribute& main = attribute->origin != nullptr ? *attribute->origin : *attribute;
      const AttributeSet* main_set = after.subset_of;
      if (main_set != nullptr && FindNow(main, *main_set) != nullptr) {
        c.Report(kBreakSubset, Comparison::PlaceOf(*attribute), after.span, attribute->span);
      } else {
        c.Report(kBreakAttributeGone, Comparison::PlaceOf(main),
                 main_set != nullptr ? main_set->span : after.span, main.span);
      }
      continue;
    }
    if (row.HasMoved(attribute->number, now->number, !now->explicit_number)) {
      c.ReportKey(kBreakAttributeNumber, "value", *attribute, *now, now->number, attribute->number);
    }
    CompareAttribute(c, *attribute, *now);
  }
}

std::string Content(const SubMessageFormat& format) {
  if (format.fixed_header == nullptr) return format.set != nullptr ? "attributes" : "no content";
  return format.set != nullptr ? "a header and attributes" : "a header";
}

void CompareFormats(Comparison& c, const SubMessage& before, const SubMessage& after) {
  for (const SubMessageFormat& format : before.formats) {
    const SubMessageFormat* now = FindNow(format, after);
    const std::string place = absl::StrCat(after.name, ".", format.value);
    if (now == nullptr) {
      c.Report(kBreakFormatGone, place, after.span, format.span);
      continue;
    }
    // Who knew of no content did not look for any.
    const bool was_empty = format.fixed_header == nullptr && format.set == nullptr;
    if (was_empty) continue;
    if (Content(format) != Content(*now)) {
      c.Report(kBreakFormat, place, now->span, format.span, Content(*now), Content(format));
    } else if (format.fixed_header != nullptr &&
               format.fixed_header->name != now->fixed_header->name &&
               !SameLayout(*format.fixed_header, *now->fixed_header)) {
      c.Report(kBreakFormat, place, now->span, format.span,
               absl::StrCat("the header `", now->fixed_header->name, "`"),
               absl::StrCat("`", format.fixed_header->name, "`"));
    }
  }
}

}  // namespace

bool TypeFits(const Comparison& c, const Attribute& before, const Attribute& after) {
  if (HasElements(before) && HasElements(after) && before.sub_type != after.sub_type) return false;
  if (before.structure != nullptr && after.structure != nullptr &&
      before.structure->name != after.structure->name &&
      !SameLayout(*before.structure, *after.structure)) {
    return false;
  }
  if (before.type == after.type) return true;
  if (!IsInteger(before.type) || !IsInteger(after.type)) return false;
  const Use use = c.uses().Of(before);
  return (!use.request || Understands(after.type, before.type, before.Range())) &&
         (!use.reply || Understands(before.type, after.type, after.Range()));
}

bool CountFits(const Comparison& c, const Attribute& before, const Attribute& after) {
  if (before.multi == after.multi) return true;
  const Use use = c.uses().Of(before);
  return before.multi ? !use.request : !use.reply;
}

void CompareWireOfAttributes(Comparison& comparison) {
  for (const auto& [before, after] : comparison.sets()) {
    if (after != nullptr) CompareSet(comparison, *before, *after);
  }
  for (const auto& [before, after] : comparison.sub_messages()) {
    CompareFormats(comparison, *before, *after);
  }
}

}  // namespace genlc
