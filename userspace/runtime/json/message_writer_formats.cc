#include "absl/strings/str_cat.h"
#include "genl/json/message_writer.h"
#include "genl/json/names.h"
#include "genl/sub_message.h"

namespace genl {

// What the selector of the attribute says, in the text of an enumeration its entry. Nothing
// where it is nowhere. False, without a fault, where it cannot be read: that is reported where
// it stands.
bool MessageWriter::ReadSelector(const Attribute& attribute, std::optional<std::string>& text) {
  for (const Scope* scope = scope_; scope != nullptr; scope = scope->outer) {
    const Attribute* selector = FindSelector(scope->set, attribute.selector);
    const JsonNode* node = selector != nullptr ? FindMember(*scope->node, selector->name) : nullptr;
    if (node == nullptr) continue;
    std::vector<uint8_t> payload;
    JsonFault ignored;
    ScalarParser scalars(ignored, JsonLimits::kIgnored);
    const bool ok = IsRaw(*node) ? scalars.Raw(node->children[0], payload)
                    : selector->kind == Kind::kString
                        ? scalars.String(*selector, *node, payload)
                        : scalars.Integer(*selector, selector->kind, *node, payload);
    if (ok) text = std::string(SelectorText(*selector, payload));
    return ok;
  }
  return true;
}

// Of an object.
bool MessageWriter::FormatOf(const Attribute& attribute, const JsonNode& node,
                             const Format*& format) {
  std::optional<std::string> selector;
  if (!ReadSelector(attribute, selector)) return true;
  if (!selector) {
    return fault_.Set(absl::StrCat("its selector `", attribute.selector, "` is missing"),
                      node.place);
  }
  format = FindFormat(*attribute.sub_message, *selector);
  if (format != nullptr) return true;
  fault_.word = *selector;
  for (const Format& known : attribute.sub_message->formats) {
    fault_.candidates.push_back(known.value);
  }
  return fault_.Set(absl::StrCat("hexadecimal text is expected, as the spec does not know `",
                                 attribute.selector, "` \"", *selector, "\""),
                    node.place);
}

// The attribute as a whole: what it carries decides how it is marked.
bool MessageWriter::SubMessage(const Attribute& attribute, const JsonNode& node) {
  JsonNode storage;
  const JsonNode* value = &node;
  if (!ParseWord(value, storage, fault_)) return false;
  const Format* format = nullptr;
  const bool bytes = IsText(*value) || IsRaw(*value);
  if (!bytes && value->type != JsonNode::Type::kObject) {
    return Expected("an object, or hexadecimal text,", *value, fault_);
  }
  if (!bytes && !FormatOf(attribute, *value, format)) return false;
  const bool is_nest = format != nullptr && format->set != nullptr && format->header == nullptr;
  const Writer::Mark mark = writer_.Begin(attribute.number | (is_nest ? NLA_F_NESTED : 0));
  bool ok = true;
  if (bytes) {
    ok = Append(scalars_.Raw(IsRaw(*value) ? value->children[0] : *value, payload_));
  } else if (format != nullptr && format->set != nullptr) {
    ok = Message({*format->set, format->header}, *value);
  } else if (format != nullptr && format->header != nullptr) {
    ok = Append(structures_.Parse(*format->header, *value, payload_));
  } else if (format != nullptr) {
    ok = Message(kNoAttributes, *value);
  }
  return ok && End(mark, node);
}

}  // namespace genl
