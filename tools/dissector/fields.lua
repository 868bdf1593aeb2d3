
-- From here on the file is the same for every family. First Wireshark's fields are made from the
-- tables above, then messages are walked by them.

local generic = family.protocol == nil

local function word(name)
  return (name:lower():gsub("[^%w]", "_"))
end

local prefix = (generic and "genl." or "netlink.") .. word(family.name)
local proto = Proto(prefix, "Netlink family " .. family.name)

-- What can be wrong is an expert information, so that a filter finds it.
local experts = {}
local function new_expert(name, text, group, severity)
  local kind, weight = expert.group[group], expert.severity[severity]
  experts[name] = ProtoExpert.new(prefix .. "." .. name, text, kind, weight)
end
new_expert("rest", "Bytes that are no attribute", "MALFORMED", "ERROR")
new_expert("length", "An attribute that cannot be that long", "MALFORMED", "ERROR")
new_expert("size", "A value of another size than its type", "MALFORMED", "ERROR")
new_expert("depth", "Nested too deep to go on", "MALFORMED", "ERROR")
new_expert("short", "Fewer bytes than the structure has", "PROTOCOL", "NOTE")
new_expert("cut", "The capture has only the beginning of the message", "UNDECODED", "WARN")
new_expert("unknown", "Not in the spec", "UNDECODED", "NOTE")
proto.experts = experts

local fields = {}
local declared = {}

-- Sets that are parts of one share its fields. Of two things of one name that are not alike the
-- second has its kind in the name.
local function declare(kind, abbreviation, ...)
  local known = declared[abbreviation]
  if known and known.kind == kind then return known.field end
  if known then return declare(kind, abbreviation .. "_" .. kind, ...) end
  local field = ProtoField[kind](abbreviation, ...)
  declared[abbreviation] = { kind = kind, field = field }
  fields[#fields + 1] = field
  return field
end

local operation_field = declare("string", prefix .. ".operation", "Operation")
local command_field = declare(generic and "uint8" or "uint16", prefix .. ".command", "Command")
local version_field = declare("uint8", prefix .. ".version", "Version")
local raw_field = declare("bytes", prefix .. ".raw", "Bytes")

local integers = {
  u8 = { kind = "uint8", size = 1 },
  u16 = { kind = "uint16", size = 2 },
  u32 = { kind = "uint32", size = 4 },
  u64 = { kind = "uint64", size = 8 },
  s8 = { kind = "int8", size = 1 },
  s16 = { kind = "int16", size = 2 },
  s32 = { kind = "int32", size = 4 },
  s64 = { kind = "int64", size = 8 },
  uint = { kind = "uint64", varies = true },
  sint = { kind = "int64", varies = true },
}
local addresses = {
  ipv4 = { kind = "ipv4", size = 4 },
  ipv6 = { kind = "ipv6", size = 16 },
  mac = { kind = "ether", size = 6 },
  uuid = { kind = "guid", size = 16 },
}

local function declare_bits(value, abbreviation, size)
  value.bits = {}
  for _, bit in ipairs(flags[value.flags]) do
    local mask, name = bit[1], bit[2]
    local field = declare("bool", abbreviation .. "." .. word(name), name, 8 * size, nil, mask)
    value.bits[#value.bits + 1] = field
  end
end

local function declare_integer(value, abbreviation)
  local integer = integers[value.type]
  local unsigned = integer.kind:find("^u")
  local hexadecimal = unsigned and (value.flags or value.display == "hex")
  local form = hexadecimal and base.HEX or base.DEC
  value.size = integer.size
  value.field = declare(integer.kind, abbreviation, value.name, form, enums[value.enum])
  if value.flags then declare_bits(value, abbreviation, integer.size or 8) end
end

-- Makes the fields of a row and keeps them in it.
local function declare_row(value, abbreviation)
  local integer = integers[value.type]
  local address = addresses[value.display]
  if value.display == "ipv4-or-v6" then
    value.ipv4 = declare("ipv4", abbreviation .. ".ipv4", value.name)
    value.ipv6 = declare("ipv6", abbreviation .. ".ipv6", value.name)
  elseif address and (not integer or integer.size == address.size) then
    value.size = address.size
    value.field = declare(address.kind, abbreviation, value.name)
  elseif integer then
    declare_integer(value, abbreviation)
  elseif value.type == "bitfield32" then
    value.field = declare("uint32", abbreviation .. ".value", "value", base.HEX)
    value.selected = declare("uint32", abbreviation .. ".selector", "selector", base.HEX)
    if value.flags then declare_bits(value, abbreviation, 4) end
  elseif value.type == "string" then
    value.field = declare("string", abbreviation, value.name)
  elseif value.type == "binary" then
    value.field = declare("bytes", abbreviation, value.name)
  end
  -- Of what has others inside, and of flags: they are there or not.
  if not value.field then value.whole = declare("none", abbreviation, value.name) end
end

-- The attributes that select the format of a sub-message, and the sets that have one.
local selectors = {}
local selecting = {}
for _, set in pairs(sets) do
  for _, attribute in pairs(set) do
    if attribute.selector then selectors[attribute.selector] = true end
  end
end

local function declare_set(set, owner)
  for _, attribute in pairs(set) do
    declare_row(attribute, prefix .. "." .. word(owner) .. "." .. word(attribute.name))
    if selectors[attribute.name] then selecting[set] = true end
  end
end
for name, set in pairs(sets) do
  if not parts[name] then declare_set(set, name) end
end
for name, main in pairs(parts) do declare_set(sets[name], main) end
for name, struct in pairs(structs) do
  for _, member in ipairs(struct) do
    declare_row(member, prefix .. "." .. word(name) .. "." .. word(member.name))
  end
end
proto.fields = fields
