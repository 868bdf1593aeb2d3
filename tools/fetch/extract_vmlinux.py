"""Takes the kernel's ELF file out of a bzImage: extract_vmlinux.py VMLINUZ VMLINUX

QEMU starts the ELF file directly (PVH), which saves decompressing the kernel in the guest: six of
eight seconds where the processor is emulated. The header of a bzImage says where the compressed
payload lies (the boot protocol's payload_offset and payload_length); its last four bytes are the
uncompressed size, not part of the compressed stream.
"""

import struct
import subprocess
import sys

# How the payload begins, and the program that expands it.
EXPANDERS = [
    (b"\xfd7zXZ\0", ["xz", "-dc", "--single-stream"]),
    (b"\x28\xb5\x2f\xfd", ["zstd", "-dcq"]),
    (b"\x02\x21\x4c\x18", ["lz4", "-dcq"]),
    (b"\x1f\x8b", ["gzip", "-dc"]),
]


def payload(image):
    if image[0x202:0x206] != b"HdrS":
        raise ValueError("not a bzImage")
    setup_sectors = image[0x1F1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    return image[start : start + length]


def expand(compressed):
    for magic, command in EXPANDERS:
        if compressed.startswith(magic):
            result = subprocess.run(
                command, input=compressed[:-4], stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            if result.stdout.startswith(b"\x7fELF"):
                return result.stdout
            raise ValueError(f"{command[0]}: {result.stderr.decode().strip() or 'no ELF file inside'}")
    raise ValueError(f"payload is compressed in an unknown way (starts with {compressed[:4].hex()})")


def main(vmlinuz, vmlinux):
    with open(vmlinuz, "rb") as file:
        image = file.read()
    try:
        elf = expand(payload(image))
    except ValueError as error:
        sys.exit(f"extract_vmlinux: {vmlinuz}: {error}")
    with open(vmlinux, "wb") as file:
        file.write(elf)


if __name__ == "__main__":
    main(*sys.argv[1:])
