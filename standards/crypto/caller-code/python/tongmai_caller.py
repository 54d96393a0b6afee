"""Calls services of the open gateway, signed with SM2. Python 3.8 or later; no package is needed.

    python3 tongmai_caller.py <private key, 64 hexadecimal digits> <method> <path> <body file or -> [name=value ...]

Keep the private key where only this program reads it. Multiplication is not in constant time: sign on your own
server, not where others measure it.
"""
import base64
import hashlib
import secrets
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import quote

GATEWAY = "{{gateway}}"
APP = "{{app}}"
USER_ID = b"1234567812345678"

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
     0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def sm3(data):
    return hashlib.new("sm3", data).digest()


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], P - 2, P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], P - 2, P)
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(k, point):
    result = None
    for bit in bin(k)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def sign(d, data):
    """r and s of 32 bytes each, GB/T 32918.2."""
    number = lambda n: n.to_bytes(32, "big")
    public = multiply(d, G)
    z = sm3((len(USER_ID) * 8).to_bytes(2, "big") + USER_ID
            + b"".join(number(n) for n in (A, B) + G + public))
    e = int.from_bytes(sm3(z + data), "big")
    while True:
        k = 1 + secrets.randbelow(N - 1)
        r = (e + multiply(k, G)[0]) % N
        s = pow(1 + d, N - 2, N) * (k - r * d) % N
        if r and r + k != N and s:
            return number(r) + number(s)


def canonical_query(parameters):
    """Percent-encoded (RFC 3986), sorted by name, then by value; parameters are pairs of texts."""
    encoded = sorted((quote(name, safe=""), quote(value, safe="")) for name, value in parameters)
    return "&".join(name + "=" + value for name, value in encoded)


def call(private_key, method, path, parameters=(), body=b""):
    """Answers status and body. The path is sent and signed as it is: percent-encode it before."""
    query = canonical_query(parameters)
    timestamp = str(int(time.time() * 1000))
    nonce = secrets.token_hex(16)
    text = "\n".join((method, path, query, sm3(body).hex(), APP, timestamp, nonce))
    request = urllib.request.Request(GATEWAY + path + ("?" + query if query else ""), body or None, method=method)
    request.add_header("X-Tongmai-App", APP)
    request.add_header("X-Tongmai-Timestamp", timestamp)
    request.add_header("X-Tongmai-Nonce", nonce)
    request.add_header("X-Tongmai-Signature-Profile", "sm2-sm3")
    request.add_header("X-Tongmai-Signature",
                       base64.b64encode(sign(int(private_key, 16), text.encode())).decode())
    if body:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


if __name__ == "__main__":
    key, verb, where, file = sys.argv[1:5]
    content = b"" if file == "-" else open(file, "rb").read()
    status, answer_body = call(key, verb, where, [pair.split("=", 1) for pair in sys.argv[5:]], content)
    print(status, answer_body.decode("utf-8", "replace"))
