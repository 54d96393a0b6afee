// Calls services of the open gateway, signed with SM2. Go 1.19 or later; no module is needed.
//
//	go run tongmai_caller.go <private key, 64 hexadecimal digits> <method> <path> <body file or -> [name=value ...]
//
// Keep the private key where only this program reads it. Multiplication is not in constant time: sign on your own
// server, not where others measure it.
package main

import (
	"bytes"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"math/bits"
	"net/http"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

const (
	gateway = "{{gateway}}"
	app     = "{{app}}"
	userID  = "1234567812345678"
)

var curve = &elliptic.CurveParams{
	Name:    "sm2p256v1",
	BitSize: 256,
	P:       number("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF"),
	N:       number("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123"),
	B:       number("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"),
	Gx:      number("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
	Gy:      number("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"),
}

func number(hexadecimal string) *big.Int {
	n, ok := new(big.Int).SetString(hexadecimal, 16)
	if !ok {
		panic("not a hexadecimal number")
	}
	return n
}

// sm3 is GB/T 32905.
func sm3(data []byte) []byte {
	padded := append(append([]byte{}, data...), 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(padded, uint64(len(data))*8)
	v := [8]uint32{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e}
	for ; len(padded) > 0; padded = padded[64:] {
		v = compress(v, padded[:64])
	}
	hash := make([]byte, 0, 32)
	for _, word := range v {
		hash = binary.BigEndian.AppendUint32(hash, word)
	}
	return hash
}

func compress(v [8]uint32, block []byte) [8]uint32 {
	var w [68]uint32
	for j := range w {
		if j < 16 {
			w[j] = binary.BigEndian.Uint32(block[4*j:])
			continue
		}
		x := w[j-16] ^ w[j-9] ^ bits.RotateLeft32(w[j-3], 15)
		w[j] = x ^ bits.RotateLeft32(x, 15) ^ bits.RotateLeft32(x, 23) ^ bits.RotateLeft32(w[j-13], 7) ^ w[j-6]
	}
	a, b, c, d, e, f, g, h := v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]
	for j := 0; j < 64; j++ {
		t, ff, gg := uint32(0x79cc4519), a^b^c, e^f^g
		if j >= 16 {
			t, ff, gg = 0x7a879d8a, a&b|a&c|b&c, e&f|^e&g
		}
		ss1 := bits.RotateLeft32(bits.RotateLeft32(a, 12)+e+bits.RotateLeft32(t, j%32), 7)
		tt1 := ff + d + (ss1 ^ bits.RotateLeft32(a, 12)) + (w[j] ^ w[j+4])
		tt2 := gg + h + ss1 + w[j]
		d, c, b, a = c, bits.RotateLeft32(b, 9), a, tt1
		h, g, f, e = g, bits.RotateLeft32(f, 19), e, tt2^bits.RotateLeft32(tt2, 9)^bits.RotateLeft32(tt2, 17)
	}
	return [8]uint32{v[0] ^ a, v[1] ^ b, v[2] ^ c, v[3] ^ d, v[4] ^ e, v[5] ^ f, v[6] ^ g, v[7] ^ h}
}

// sign answers r and s of 32 bytes each, GB/T 32918.2.
func sign(d *big.Int, data []byte) ([]byte, error) {
	x, y := curve.ScalarBaseMult(d.Bytes())
	z := []byte{byte(len(userID) * 8 >> 8), byte(len(userID) * 8)}
	z = append(z, userID...)
	a := new(big.Int).Sub(curve.P, big.NewInt(3))
	for _, n := range []*big.Int{a, curve.B, curve.Gx, curve.Gy, x, y} {
		z = append(z, n.FillBytes(make([]byte, 32))...)
	}
	e := new(big.Int).SetBytes(sm3(append(sm3(z), data...)))
	one := big.NewInt(1)
	inverse := new(big.Int).ModInverse(new(big.Int).Add(one, d), curve.N)
	for {
		k, err := rand.Int(rand.Reader, new(big.Int).Sub(curve.N, one))
		if err != nil {
			return nil, err
		}
		k.Add(k, one)
		x1, _ := curve.ScalarBaseMult(k.Bytes())
		r := new(big.Int).Mod(new(big.Int).Add(e, x1), curve.N)
		s := new(big.Int).Mul(inverse, new(big.Int).Sub(k, new(big.Int).Mul(r, d)))
		s.Mod(s, curve.N)
		if r.Sign() != 0 && s.Sign() != 0 && new(big.Int).Add(r, k).Cmp(curve.N) != 0 {
			return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...), nil
		}
	}
}

// encode is the percent-encoding of RFC 3986.
func encode(text string) string {
	var out strings.Builder
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("-._~", c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// canonicalQuery is percent-encoded and sorted by name, then by value; parameters are pairs.
func canonicalQuery(parameters [][2]string) string {
	encoded := make([][2]string, len(parameters))
	for i, p := range parameters {
		encoded[i] = [2]string{encode(p[0]), encode(p[1])}
	}
	sort.Slice(encoded, func(i, j int) bool {
		if encoded[i][0] != encoded[j][0] {
			return encoded[i][0] < encoded[j][0]
		}
		return encoded[i][1] < encoded[j][1]
	})
	pairs := make([]string, len(encoded))
	for i, p := range encoded {
		pairs[i] = p[0] + "=" + p[1]
	}
	return strings.Join(pairs, "&")
}

// call sends the path and signs it as it is: percent-encode it before.
func call(privateKey, method, path string, parameters [][2]string, body []byte) (*http.Response, error) {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	query, nonce := canonicalQuery(parameters), hex.EncodeToString(random)
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	text := strings.Join([]string{method, path, query, hex.EncodeToString(sm3(body)), app, timestamp, nonce}, "\n")
	signature, err := sign(number(privateKey), []byte(text))
	if err != nil {
		return nil, err
	}
	address := gateway + path
	if query != "" {
		address += "?" + query
	}
	request, err := http.NewRequest(method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("X-Tongmai-App", app)
	request.Header.Set("X-Tongmai-Timestamp", timestamp)
	request.Header.Set("X-Tongmai-Nonce", nonce)
	request.Header.Set("X-Tongmai-Signature-Profile", "sm2-sm3")
	request.Header.Set("X-Tongmai-Signature", base64.StdEncoding.EncodeToString(signature))
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	return (&http.Client{Timeout: 10 * time.Second}).Do(request)
}

func main() {
	arguments := os.Args[1:]
	var body []byte
	var err error
	if arguments[3] != "-" {
		if body, err = os.ReadFile(arguments[3]); err != nil {
			panic(err)
		}
	}
	var parameters [][2]string
	for _, pair := range arguments[4:] {
		name, value, _ := strings.Cut(pair, "=")
		parameters = append(parameters, [2]string{name, value})
	}
	answer, err := call(arguments[0], arguments[1], arguments[2], parameters, body)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(answer.StatusCode, string(content))
}
