// From the tree of a text to the bytes of a message.
#ifndef GENL_JSON_MESSAGE_WRITER_H_
#define GENL_JSON_MESSAGE_WRITER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "genl/json/json.h"
#include "genl/json/scalar.h"
#include "genl/json/structure.h"

namespace genl {

// All functions return false with the fault set; what has been written then is worthless.
class MessageWriter {
 public:
  MessageWriter(Writer& writer, JsonFault& fault, JsonLimits limits)
      : writer_(writer), fault_(fault), scalars_(fault, limits), structures_(fault, scalars_) {}

  bool Message(const MessageTable& message, const JsonNode& node);

 private:
  using Elements = absl::Span<const JsonNode>;

  // The objects around the member at hand, and the sets that name their members.
  struct Scope {
    const AttributeSet* set = nullptr;
    const JsonNode* node = nullptr;
    const Scope* outer = nullptr;
  };

  bool Header(const Structure& header, const JsonNode* node);
  bool Member(const MessageTable& message, const JsonNode& node);
  bool Unknown(const MessageTable& message, const JsonNode& node);
  bool Numbered(const JsonNode& node);
  bool Multi(const Attribute& attribute, const JsonNode& node);
  bool Single(const Attribute& attribute, const JsonNode& node, size_t element);
  bool Payload(const Attribute& attribute, Kind kind, const JsonNode& node);
  bool Flag(const JsonNode& node, bool& present);
  bool GetElements(const JsonNode& node, Elements& elements);
  bool Append(bool ok);
  bool Enter(const JsonNode& node);
  bool End(Writer::Mark mark, const JsonNode& node);

  // Payloads that have parts; message_writer_composed.cc.
  bool Array(const Attribute& attribute, const JsonNode& node);
  bool Bitfield32(const Attribute& attribute, const JsonNode& node);
  bool IndexedArray(const Attribute& attribute, const JsonNode& node);
  bool TypeValues(const Attribute& attribute, const JsonNode& node);
  bool TypeValue(const Attribute& attribute, const JsonNode& node);
  bool OpenLevels(const Attribute& attribute, const JsonNode& node,
                  std::vector<Writer::Mark>& open);

  // message_writer_formats.cc
  bool SubMessage(const Attribute& attribute, const JsonNode& node);
  bool FormatOf(const Attribute& attribute, const JsonNode& node, const Format*& format);
  bool ReadSelector(const Attribute& attribute, std::optional<std::string>& text);

  Writer& writer_;
  JsonFault& fault_;
  ScalarParser scalars_;
  StructureParser structures_;
  std::vector<uint8_t> payload_;  // of the scalar at hand
  const Scope* scope_ = nullptr;
  int depth_ = 0;
};

}  // namespace genl

#endif  // GENL_JSON_MESSAGE_WRITER_H_
