
-- Of the message that is being read: its byte order and, where the capture has only its beginning,
-- where that ends.
local little_endian = true
local cut_at

local function is_little(order)
  if order then return order == "little" end
  return little_endian
end

-- Of at most 4 bytes.
local function integer(range, order)
  return is_little(order) and range:le_uint() or range:uint()
end

-- Adds the value in `range`, in the byte order of its row.
local function add(tree, field, range, order)
  if is_little(order) then return tree:add_le(field, range) end
  return tree:add(field, range)
end

local function complain(tree, name, text)
  tree:add_proto_expert_info(experts[name], text)
end

-- The attributes from `first` up to `stop`, one after another. What is wrong with them is said
-- at `tree`, unless that is nil.
local function attributes(tvb, first, stop, tree)
  local next_one = first
  return function()
    local at = next_one
    local left = stop - at
    if left <= 0 then return nil end
    if left < 4 then
      if tree then complain(tree, "rest", left .. " bytes behind the last attribute") end
      return nil
    end
    local length = integer(tvb(at, 2))
    if length < 4 or length > left then
      local text = "an attribute of " .. length .. " bytes where " .. left .. " are left"
      if tree then complain(tree, stop == cut_at and "cut" or "length", text) end
      return nil
    end
    next_one = at + 4 * math.ceil(length / 4)
    local number = integer(tvb(at + 2, 2)) % 0x4000 -- without the flags NLA_F_*
    return { number = number, first = at + 4, stop = at + length, whole = tvb(at, length) }
  end
end

-- The bytes of the value; nil: there are none.
local function payload(tvb, place)
  return place.stop > place.first and tvb(place.first, place.stop - place.first) or nil
end

-- A value without its bytes or of the wrong size.
local function add_odd(value, tvb, place, tree)
  local range = payload(tvb, place)
  local item = range and tree:add(raw_field, range) or tree:add(place.whole, value.name)
  item:set_text(value.name .. ": " .. (range and tostring(range:bytes()) or "no value"))
  complain(item, "size", value.name .. " has " .. (place.stop - place.first) .. " bytes")
end

local function add_scalar(value, tvb, place, tree)
  local range = payload(tvb, place)
  local size = range and range:len() or 0
  if value.ipv4 then
    local field = size == 4 and value.ipv4 or size == 16 and value.ipv6
    if not field then return add_odd(value, tvb, place, tree) end
    return tree:add(field, range)
  end
  local fits = size > 0
  if value.size then fits = size == value.size end
  if integers[value.type] and not value.size then fits = size == 4 or size == 8 end
  if not fits then return add_odd(value, tvb, place, tree) end
  local item = add(tree, value.field, range, value.order)
  for _, bit in ipairs(value.bits or {}) do add(item, bit, range, value.order) end
end

local function add_bitfield(value, tvb, place, tree)
  if place.stop - place.first ~= 8 then return add_odd(value, tvb, place, tree) end
  local item = tree:add(place.whole, value.name)
  local bits = add(item, value.field, tvb(place.first, 4))
  for _, bit in ipairs(value.bits or {}) do add(bits, bit, tvb(place.first, 4)) end
  add(item, value.selected, tvb(place.first + 4, 4))
end

local add_value -- of any type

-- The members of a structure that `place` has the bytes of.
local function add_struct(struct, tvb, place, tree, depth)
  for _, member in ipairs(struct) do
    local first = place.first + member.offset
    local stop = first + member.size
    if stop <= place.stop then
      local where = { first = first, stop = stop, whole = tvb(first, member.size) }
      add_value(member, tvb, where, tree, {}, depth)
    end
  end
  local size = place.stop - place.first
  if size < struct.size then
    complain(tree, "short", size .. " bytes of a structure of " .. struct.size)
  end
end

-- A string, or the name that an enumeration has for the value.
local function selection(attribute, range)
  if attribute.type == "string" then return range:string():match("^[^%z]*") end
  if range:len() > 4 or not attribute.enum then return nil end
  return enums[attribute.enum][integer(range, attribute.order)]
end

-- What attributes say of the sub-messages beside and inside them. `outer`: the same of the nest
-- around.
local function selections(set, tvb, first, stop, outer)
  if not selecting[set] then return outer end
  local found = setmetatable({}, { __index = outer })
  for place in attributes(tvb, first, stop) do
    local attribute = set[place.number]
    local range = payload(tvb, place)
    if attribute and range and selectors[attribute.name] then
      found[attribute.name] = selection(attribute, range)
    end
  end
  return found
end

local function add_set(set, tvb, first, stop, tree, outer, depth)
  if depth > 40 then return complain(tree, "depth", "nested too deep") end
  local selected = selections(set, tvb, first, stop, outer)
  for place in attributes(tvb, first, stop, tree) do
    local attribute = set[place.number]
    if attribute then
      add_value(attribute, tvb, place, tree, selected, depth)
    else
      local item = tree:add(raw_field, payload(tvb, place) or place.whole)
      item:prepend_text("Attribute " .. place.number .. ". ")
      complain(item, "unknown", "the spec has no attribute " .. place.number)
    end
  end
end

-- Behind a header, where it has one.
local function add_body(header, set, tvb, place, tree, selected, depth)
  local first = place.first
  if header then
    local struct = structs[header]
    local stop = math.min(first + struct.size, place.stop)
    local item = stop > first and tree:add(tvb(first, stop - first), header) or tree
    add_struct(struct, tvb, { first = first, stop = stop }, item, depth)
    first = first + 4 * math.ceil(struct.size / 4)
  end
  if set then
    add_set(sets[set], tvb, first, place.stop, tree, selected, depth)
  elseif first < place.stop then
    complain(tree, "rest", (place.stop - first) .. " bytes where nothing is expected")
  end
end

local function add_item(value, place, tree) return tree:add(value.whole, place.whole) end

local function add_sub_message(value, tvb, place, tree, selected, depth)
  local item = add_item(value, place, tree)
  local key = selected[value.selector]
  local format = formats[value.formats][key]
  if format then
    item:append_text(" (" .. key .. ")")
    add_body(format.header, format.set, tvb, place, item, selected, depth + 1)
  elseif payload(tvb, place) then
    item:add(raw_field, payload(tvb, place))
    local choice = value.selector .. " " .. tostring(key)
    complain(item, "unknown", "the spec has no format for " .. choice)
  end
end

-- Nests whose types are values, one in another; attributes are in the innermost.
local function add_levels(value, level, tvb, place, tree, selected, depth)
  if level > #value.levels then
    return add_set(sets[value.set], tvb, place.first, place.stop, tree, selected, depth + 1)
  end
  for inner in attributes(tvb, place.first, place.stop, tree) do
    local item = tree:add(inner.whole, value.levels[level] .. ": " .. inner.number)
    add_levels(value, level + 1, tvb, inner, item, selected, depth + 1)
  end
end

local function add_empty(value, _, place, tree) add_item(value, place, tree) end

local readers = {
  flag = add_empty,
  pad = add_empty,
  bitfield32 = add_bitfield,
  ["sub-message"] = add_sub_message,
  nest = function(value, tvb, place, tree, selected, depth)
    local item = add_item(value, place, tree)
    add_set(sets[value.set], tvb, place.first, place.stop, item, selected, depth + 1)
  end,
  ["nest-type-value"] = function(value, tvb, place, tree, selected, depth)
    add_levels(value, 1, tvb, place, add_item(value, place, tree), selected, depth)
  end,
  struct = function(value, tvb, place, tree, _, depth)
    add_struct(structs[value.struct], tvb, place, add_item(value, place, tree), depth + 1)
  end,
}

local function add_one(value, tvb, place, tree, selected, depth)
  local reader = readers[value.type] or add_scalar
  reader(value, tvb, place, tree, selected, depth)
end

-- Attributes that count their elements, or elements side by side.
local function add_list(value, tvb, place, tree, selected, depth)
  local item = tree:add(place.whole, value.name)
  if value.list == "indexed" then
    for element in attributes(tvb, place.first, place.stop, item) do
      add_one(value, tvb, element, item, selected, depth + 1)
    end
    return
  end
  for first = place.first, place.stop - 1, value.size do
    local stop = math.min(first + value.size, place.stop)
    local element = { first = first, stop = stop, whole = tvb(first, stop - first) }
    add_one(value, tvb, element, item, selected, depth)
  end
end

function add_value(value, tvb, place, tree, selected, depth)
  local reader = value.list and add_list or add_one
  reader(value, tvb, place, tree, selected, depth)
end

local function find_message(command, is_request)
  local first, second = replies, requests
  if is_request then first, second = requests, replies end
  return first[command] or second[command]
end

-- `tvb` has what follows the command from `first` on, and the message ends at `stop`.
local function add_message(message, tvb, first, stop, tree, pinfo)
  pinfo.cols.protocol:set(family.name)
  pinfo.cols.info:set(message.name)
  tree:append_text(": " .. message.name)
  tree:add(operation_field, message.name):set_generated()
  local missing = stop - tvb:len()
  cut_at = missing > 0 and tvb:len() or nil
  local place = { first = first, stop = cut_at or stop }
  add_body(message.header, message.set, tvb, place, tree, {}, 0)
  if cut_at then complain(tree, "cut", missing .. " bytes are not in the capture") end
end
