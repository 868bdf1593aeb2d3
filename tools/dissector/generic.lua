
local netlink_flags = Field.new("netlink.hdr_flags")

-- Wireshark learns the number of a family from the answer of nlctrl, which has to be in the
-- capture, and hands over what begins with the header of generic netlink.
function proto.dissector(tvb, pinfo, tree)
  if tvb:len() < 4 then return 0 end
  local headers = { netlink_flags() }
  local header = headers[#headers]
  little_endian = header == nil or header.little_endian
  local command = tvb(0, 1):uint()
  local is_request = header ~= nil and header.value % 2 == 1 -- NLM_F_REQUEST
  local message = find_message(command, is_request) or { name = "command " .. command }
  local item = tree:add(proto, tvb())
  item:add(command_field, tvb(0, 1))
  item:add(version_field, tvb(1, 1))
  add_message(message, tvb, 4, tvb:reported_len(), item, pinfo)
  return tvb:len()
end

DissectorTable.get("genl.family"):add(family.name, proto)
