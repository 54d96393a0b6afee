// Calls services of the open gateway, signed with SM2. .NET 6 or later, .NET Framework 4.6 or Mono; no package is needed.
//
//   TongmaiCaller.exe <private key, 64 hexadecimal digits> <method> <path> <body file or -> [name=value ...]
//
// Keep the private key where only this program reads it. Multiplication is not in constant time: sign on your own
// server, not where others measure it.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

public static class TongmaiCaller
{
    const string Gateway = "{{gateway}}";
    const string App = "{{app}}";
    const string UserId = "1234567812345678";

    static readonly BigInteger P = Hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    static readonly BigInteger A = P - 3;
    static readonly BigInteger B = Hex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
    static readonly BigInteger N = Hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
    static readonly BigInteger[] G = {
        Hex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
        Hex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0")
    };

    static BigInteger Hex(string digits)
    {
        return BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    static BigInteger Mod(BigInteger value, BigInteger modulus)
    {
        BigInteger rest = value % modulus;
        return rest.Sign < 0 ? rest + modulus : rest;
    }

    static BigInteger Inverse(BigInteger value, BigInteger prime)
    {
        return BigInteger.ModPow(Mod(value, prime), prime - 2, prime);
    }

    static byte[] Bytes(BigInteger number)
    {
        byte[] little = number.ToByteArray();
        byte[] big = new byte[32];
        for (int i = 0; i < Math.Min(32, little.Length); i++)
        {
            big[31 - i] = little[i];
        }
        return big;
    }

    static BigInteger Number(byte[] big)
    {
        return new BigInteger(big.Reverse().Concat(new byte[] { 0 }).ToArray());
    }

    static BigInteger[] Add(BigInteger[] p, BigInteger[] q)
    {
        if (p == null || q == null)
        {
            return p ?? q;
        }
        BigInteger slope;
        if (p[0] == q[0])
        {
            if (Mod(p[1] + q[1], P).IsZero)
            {
                return null;
            }
            slope = (3 * p[0] * p[0] + A) * Inverse(2 * p[1], P);
        }
        else
        {
            slope = (q[1] - p[1]) * Inverse(q[0] - p[0], P);
        }
        BigInteger x = Mod(slope * slope - p[0] - q[0], P);
        return new[] { x, Mod(slope * (p[0] - x) - p[1], P) };
    }

    static BigInteger[] Multiply(BigInteger k, BigInteger[] point)
    {
        BigInteger[] result = null;
        for (int bit = 255; bit >= 0; bit--)
        {
            result = Add(result, result);
            if (!((k >> bit) & 1).IsZero)
            {
                result = Add(result, point);
            }
        }
        return result;
    }

    static uint Rotate(uint value, int count)
    {
        count %= 32;
        return count == 0 ? value : value << count | value >> (32 - count);
    }

    /// <summary>GB/T 32905.</summary>
    public static byte[] Sm3(byte[] data)
    {
        List<byte> padded = new List<byte>(data) { 0x80 };
        while (padded.Count % 64 != 56)
        {
            padded.Add(0);
        }
        for (int shift = 56; shift >= 0; shift -= 8)
        {
            padded.Add((byte)((ulong)data.LongLength * 8 >> shift));
        }
        uint[] v = { 0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e };
        byte[] all = padded.ToArray();
        for (int block = 0; block < all.Length; block += 64)
        {
            Compress(v, all, block);
        }
        return v.SelectMany(w => new[] { (byte)(w >> 24), (byte)(w >> 16), (byte)(w >> 8), (byte)w }).ToArray();
    }

    static void Compress(uint[] v, byte[] data, int block)
    {
        uint[] w = new uint[68];
        for (int j = 0; j < 68; j++)
        {
            if (j < 16)
            {
                int at = block + 4 * j;
                w[j] = (uint)(data[at] << 24 | data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3]);
                continue;
            }
            uint x = w[j - 16] ^ w[j - 9] ^ Rotate(w[j - 3], 15);
            w[j] = x ^ Rotate(x, 15) ^ Rotate(x, 23) ^ Rotate(w[j - 13], 7) ^ w[j - 6];
        }
        uint a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];
        for (int j = 0; j < 64; j++)
        {
            uint ff = j < 16 ? a ^ b ^ c : a & b | a & c | b & c;
            uint gg = j < 16 ? e ^ f ^ g : e & f | ~e & g;
            uint ss1 = Rotate(unchecked(Rotate(a, 12) + e + Rotate(j < 16 ? 0x79cc4519u : 0x7a879d8au, j)), 7);
            uint tt1 = unchecked(ff + d + (ss1 ^ Rotate(a, 12)) + (w[j] ^ w[j + 4]));
            uint tt2 = unchecked(gg + h + ss1 + w[j]);
            d = c;
            c = Rotate(b, 9);
            b = a;
            a = tt1;
            h = g;
            g = Rotate(f, 19);
            f = e;
            e = tt2 ^ Rotate(tt2, 9) ^ Rotate(tt2, 17);
        }
        uint[] after = { a, b, c, d, e, f, g, h };
        for (int i = 0; i < 8; i++)
        {
            v[i] ^= after[i];
        }
    }

    /// <summary>r and s of 32 bytes each, GB/T 32918.2.</summary>
    public static byte[] Sign(BigInteger d, byte[] data)
    {
        byte[] id = Encoding.ASCII.GetBytes(UserId);
        BigInteger[] key = Multiply(d, G);
        IEnumerable<byte> z = new[] { (byte)(id.Length * 8 >> 8), (byte)(id.Length * 8) }.Concat(id);
        foreach (BigInteger number in new[] { A, B, G[0], G[1], key[0], key[1] })
        {
            z = z.Concat(Bytes(number));
        }
        BigInteger e = Number(Sm3(Sm3(z.ToArray()).Concat(data).ToArray()));
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
        {
            while (true)
            {
                byte[] bytes = new byte[32];
                random.GetBytes(bytes);
                BigInteger k = Number(bytes);
                if (k.IsZero || k >= N)
                {
                    continue;
                }
                BigInteger r = Mod(e + Multiply(k, G)[0], N);
                BigInteger s = Mod(Inverse(1 + d, N) * (k - r * d), N);
                if (!r.IsZero && !s.IsZero && r + k != N)
                {
                    return Bytes(r).Concat(Bytes(s)).ToArray();
                }
            }
        }
    }

    /// <summary>Percent-encoding of RFC 3986.</summary>
    static string Encode(string text)
    {
        StringBuilder encoded = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)b;
            bool unreserved = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "-._~".IndexOf(c) >= 0;
            encoded.Append(unreserved ? c.ToString() : "%" + b.ToString("X2"));
        }
        return encoded.ToString();
    }

    /// <summary>Percent-encoded, sorted by name, then by value, in the order of ASCII.</summary>
    public static string CanonicalQuery(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        return string.Join("&", parameters
            .Select(p => new KeyValuePair<string, string>(Encode(p.Key), Encode(p.Value)))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => p.Key + "=" + p.Value));
    }

    /// <summary>Answers status and body. The path is sent and signed as it is: percent-encode it before.</summary>
    public static string Call(
        string privateKey, string method, string path, IEnumerable<KeyValuePair<string, string>> parameters, byte[] body)
    {
        string query = CanonicalQuery(parameters);
        string timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string nonce = Guid.NewGuid().ToString("N");
        string hash = string.Concat(Sm3(body).Select(b => b.ToString("x2")));
        string text = string.Join("\n", method, path, query, hash, App, timestamp, nonce);
        HttpWebRequest request = (HttpWebRequest)WebRequest.Create(Gateway + path + (query == "" ? "" : "?" + query));
        request.Method = method;
        request.Timeout = 10000;
        request.Headers["X-Tongmai-App"] = App;
        request.Headers["X-Tongmai-Timestamp"] = timestamp;
        request.Headers["X-Tongmai-Nonce"] = nonce;
        request.Headers["X-Tongmai-Signature-Profile"] = "sm2-sm3";
        request.Headers["X-Tongmai-Signature"] = Convert.ToBase64String(Sign(Hex(privateKey), Encoding.UTF8.GetBytes(text)));
        if (body.Length > 0)
        {
            request.ContentType = "application/json";
            request.ContentLength = body.Length;
            using (Stream stream = request.GetRequestStream())
            {
                stream.Write(body, 0, body.Length);
            }
        }
        HttpWebResponse answer;
        try
        {
            answer = (HttpWebResponse)request.GetResponse();
        }
        catch (WebException refusal) when (refusal.Response != null)
        {
            answer = (HttpWebResponse)refusal.Response;
        }
        using (StreamReader reader = new StreamReader(answer.GetResponseStream(), Encoding.UTF8))
        {
            return (int)answer.StatusCode + " " + reader.ReadToEnd();
        }
    }

    public static void Main(string[] arguments)
    {
        byte[] body = arguments[3] == "-" ? new byte[0] : File.ReadAllBytes(arguments[3]);
        List<KeyValuePair<string, string>> parameters = new List<KeyValuePair<string, string>>();
        foreach (string argument in arguments.Skip(4))
        {
            int equals = argument.IndexOf('=');
            parameters.Add(new KeyValuePair<string, string>(argument.Substring(0, equals), argument.Substring(equals + 1)));
        }
        Console.WriteLine(Call(arguments[0], arguments[1], arguments[2], parameters, body));
    }
}
