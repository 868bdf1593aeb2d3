
local netlink_protocol = Field.new("netlink.family")
local netlink_length = Field.new("netlink.hdr_len")

-- Behind Wireshark's own dissectors, which keep what they show: several families share a protocol,
-- and its table has one dissector for each.
function proto.dissector(tvb, pinfo, tree)
  local protocol = netlink_protocol()
  if protocol == nil or protocol.value ~= family.protocol then return end
  local stop = 0
  for _, length in ipairs({ netlink_length() }) do
    local start = length.offset
    -- An error has a copy of the request's header inside.
    if start >= stop and start + 16 <= tvb:len() then
      stop = start + math.max(length.value, 16)
      little_endian = length.little_endian
      local command = integer(tvb(start + 4, 2))
      local is_request = integer(tvb(start + 6, 2)) % 2 == 1 -- NLM_F_REQUEST
      local message = find_message(command, is_request)
      if message then
        local item = tree:add(proto, tvb(start, math.min(stop, tvb:len()) - start))
        add(item, command_field, tvb(start + 4, 2))
        add_message(message, tvb, start + 16, stop, item, pinfo)
      end
    end
  end
end

register_postdissector(proto)
