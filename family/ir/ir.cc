#include "family/ir/ir.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "family/model/spelling.h"

namespace genlc {
namespace {

using Json = nlohmann::ordered_json;

Json Number(Integer value) {
  if (value < 0) return static_cast<int64_t>(value);
  return static_cast<uint64_t>(value);
}

// Members that say nothing are left out: an absent text, false, an empty list.
void AddText(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}
void AddFlag(Json& json, const char* key, bool flag) {
  if (flag) json[key] = true;
}
template <typename T>
void AddName(Json& json, const char* key, const T* named) {
  if (named != nullptr) json[key] = named->name;
}
void AddLimit(Json& json, const char* key, const std::optional<Limit>& limit) {
  if (limit) json[key] = Number(limit->value);
}

void AddByteOrder(Json& json, ByteOrder order) {
  AddText(json, "byte-order", std::string(Spelling(order)));
}

void AddDisplayHint(Json& json, DisplayHint hint) {
  AddText(json, "display-hint", std::string(Spelling(hint)));
}

template <typename T>
Json Definition(const char* type, const T& definition) {
  Json json = {{"type", type}, {"name", definition.name}};
  AddText(json, "c-name", definition.c_name);
  AddText(json, "doc", definition.doc);
  json["scope"] = std::string(Spelling(definition.scope));
  AddText(json, "header", definition.header);
  return json;
}

Json ToJson(const Constant& constant) {
  Json json = Definition("const", constant);
  if (const Integer* value = std::get_if<Integer>(&constant.value)) {
    json["value"] = Number(*value);
  } else {
    json["value"] = std::get<std::string>(constant.value);
  }
  return json;
}

Json ToJson(const Enum& e) {
  Json json = Definition(e.flags ? "flags" : "enum", e);
  if (e.render_max) {
    json["c-max-name"] = e.c_max_name;
    if (!e.flags) json["c-count-name"] = e.c_count_name;
  }
  json["entries"] = Json::array();
  for (const EnumEntry& entry : e.entries) {
    Json& item = json["entries"].emplace_back(
        Json{{"name", entry.name}, {"c-name", entry.c_name}, {"value", Number(entry.value)}});
    AddText(item, "doc", entry.doc);
  }
  return json;
}

Json ToJson(const StructMember& member) {
  Json json = {{"name", member.name},
               {"type", std::string(Spelling(member.kind))},
               {"offset", member.offset},
               {"size", member.size}};
  AddText(json, "doc", member.doc);
  AddByteOrder(json, member.byte_order);
  AddName(json, "enum", member.enumeration);
  AddFlag(json, "enum-as-flags", member.enum_as_flags);
  AddName(json, "struct", member.structure);
  AddDisplayHint(json, member.display_hint);
  return json;
}

Json ToJson(const Struct& structure) {
  Json json = Definition("struct", structure);
  json["size"] = structure.size;
  json["members"] = Json::array();
  for (const StructMember& member : structure.members) json["members"].push_back(ToJson(member));
  return json;
}

// The values that are accepted, from the type, the enum and the checks together.
void AddLimits(Json& json, const Attribute& attribute) {
  if (IsInteger(attribute.type)) {
    if (const std::optional<uint64_t> mask = attribute.ValueMask()) {
      json["mask"] = *mask;
    } else {
      const IntegerRange range = attribute.Range();
      json["min"] = Number(range.min);
      json["max"] = Number(range.max);
    }
  }
  AddLimit(json, "min-len", attribute.checks.min_len);
  AddLimit(json, "max-len", attribute.checks.max_len);
  AddLimit(json, "exact-len", attribute.checks.exact_len);
  AddFlag(json, "unterminated-ok", attribute.checks.unterminated_ok);
}

Json ToJson(const Attribute& attribute) {
  Json json = {{"name", attribute.name},
               {"c-name", attribute.c_name},
               {"number", attribute.number},
               {"type", std::string(TypeName(attribute.type))}};
  AddText(json, "doc", attribute.doc);
  AddFlag(json, "multi-attr", attribute.multi);
  AddByteOrder(json, attribute.byte_order);
  if (attribute.has_sub_type) json["sub-type"] = std::string(TypeName(attribute.sub_type));
  if (!attribute.type_values.empty()) json["type-value"] = attribute.type_values;
  AddName(json, "nested-attributes", attribute.nested);
  AddName(json, "enum", attribute.enumeration);
  AddFlag(json, "flags", attribute.holds_flags());
  AddName(json, "struct", attribute.structure);
  AddName(json, "sub-message", attribute.sub_message);
  AddName(json, "selector", attribute.selector);
  AddDisplayHint(json, attribute.display_hint);
  AddLimits(json, attribute);
  AddFlag(json, "required", attribute.required_in_nest);
  if (attribute.default_value) json["default"] = Number(*attribute.default_value);
  AddText(json, "sensitive", std::string(Spelling(attribute.audience())));
  return json;
}

Json ToJson(const AttributeSet& set) {
  Json json = {{"name", set.name}};
  AddText(json, "c-name", set.c_name);
  AddText(json, "c-max-name", set.c_max_name);
  AddText(json, "doc", set.doc);
  AddText(json, "header", set.header);
  AddName(json, "subset-of", set.subset_of);
  AddFlag(json, "recursive", set.recursive);
  for (const Attribute* key : set.key) json["key"].push_back(key->name);
  json["attributes"] = Json::array();
  for (const auto& attribute : set.attributes) json["attributes"].push_back(ToJson(*attribute));
  return json;
}

Json ToJson(const SubMessage& message) {
  Json json = {{"name", message.name}, {"formats", Json::array()}};
  for (const SubMessageFormat& format : message.formats) {
    Json& item = json["formats"].emplace_back(Json{{"value", format.value}});
    AddName(item, "fixed-header", format.fixed_header);
    AddName(item, "attribute-set", format.set);
  }
  return json;
}

Json ToJson(const Message& message) {
  Json json = {{"number", message.number}};
  AddName(json, "attribute-set", message.set);
  AddName(json, "fixed-header", message.fixed_header);
  json["attributes"] = Json::array();
  for (const Field& field : message.fields) {
    Json& item = json["attributes"].emplace_back(Json{{"name", field.attribute->name}});
    AddFlag(item, "required", field.required);
  }
  return json;
}

Json ToJson(const Exchange& exchange) {
  Json json = {{"request", ToJson(exchange.request)}};
  if (exchange.reply) json["reply"] = ToJson(*exchange.reply);
  AddText(json, "pre", exchange.pre);
  AddText(json, "post", exchange.post);
  AddText(json, "object", exchange.object);
  return json;
}

template <typename T>
void AddPermissions(Json& json, const T& guarded) {
  AddFlag(json, "admin-perm", guarded.admin_perm);
  AddFlag(json, "uns-admin-perm", guarded.uns_admin_perm);
}

Json ToJson(const Watch& watch) {
  Json json = Json::object();
  for (const Watch::KeyPart& part : watch.key) {
    json["key"].push_back(part.attribute != nullptr ? part.attribute->name : part.member->name);
  }
  for (const Operation* operation : watch.changed) json["changed"].push_back(operation->name);
  for (const Operation* operation : watch.removed) json["removed"].push_back(operation->name);
  for (const MulticastGroup* group : watch.groups) json["groups"].push_back(group->name);
  for (const Watch::Condition& condition : watch.only) {
    json["only"].push_back({{"name", condition.member->name}, {"value", Number(condition.value)}});
  }
  return json;
}

Json ToJson(const Operation& operation) {
  Json json = {{"name", operation.name}, {"c-name", operation.c_name}};
  json["number"] = operation.number;
  AddText(json, "doc", operation.doc);
  AddPermissions(json, operation);
  if (!operation.dont_validate.empty()) json["dont-validate"] = operation.dont_validate;
  AddText(json, "config-cond", operation.config_cond);
  if (operation.do_exchange) json["do"] = ToJson(*operation.do_exchange);
  if (operation.dump) json["dump"] = ToJson(*operation.dump);
  AddName(json, "notify", operation.notify);
  if (operation.event) json["event"] = ToJson(*operation.event);
  AddName(json, "mcgrp", operation.group);
  if (operation.watch) json["watch"] = ToJson(*operation.watch);
  return json;
}

Json ToJson(const MulticastGroup& group) {
  Json json = {{"name", group.name}, {"c-name", group.c_name}};
  if (group.number) json["number"] = *group.number;
  AddPermissions(json, group);
  return json;
}

template <typename T>
Json List(const std::vector<std::unique_ptr<T>>& list) {
  Json json = Json::array();
  for (const std::unique_ptr<T>& item : list) json.push_back(ToJson(*item));
  return json;
}

Json ToJson(const Family& family) {
  Json json = {{"ir-version", kIrVersion},  {"name", family.name},
               {"c-name", family.c_name},   {"doc", family.doc},
               {"license", family.license}, {"protocol", std::string(Spelling(family.level))},
               {"version", family.version}, {"uapi-header", family.uapi_header}};
  if (family.protocol_number) json["protonum"] = *family.protocol_number;
  json["c-family-name"] = family.c_family_name;
  json["c-version-name"] = family.c_version_name;
  json["definitions"] = Json::array();
  for (const auto& definition : family.definitions) {
    json["definitions"].push_back(std::visit([](const auto* d) { return ToJson(*d); }, definition));
  }
  json["attribute-sets"] = List(family.sets);
  if (!family.sub_messages.empty()) json["sub-messages"] = List(family.sub_messages);
  json["operations"] = List(family.operations);
  json["mcast-groups"] = List(family.groups);
  json["module"] = {{"name", family.module.name},
                    {"license", family.module.license},
                    {"netnsok", family.module.netnsok},
                    {"parallel-ops", family.module.parallel_ops}};
  return json;
}

}  // namespace

std::string FamilyToJson(const Family& family) { return ToJson(family).dump(2) + "\n"; }

bool IrBackend::Generate(const Family& family, OutputFiles& files, Reporter&) const {
  files.Add(absl::StrCat(family.name, ".ir.json"), FamilyToJson(family));
  return true;
}

}  // namespace genlc
