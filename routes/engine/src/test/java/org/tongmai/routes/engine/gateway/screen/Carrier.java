package org.tongmai.routes.engine.gateway.screen;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** The places of a request that a value can travel in, each with the encoding its format asks for. */
enum Carrier {
    QUERY("query q") {
        @Override
        ReadCall carry(String value) {
            return get("/api/visits?from=1&q=" + percent(value), HttpFields.NONE);
        }
    },
    PATH("path 2") {
        @Override
        ReadCall carry(String value) {
            return get("/api/" + percent(value).replace("+", "%20") + "/x", HttpFields.NONE);
        }
    },
    HEADER("header x-note") {
        @Override
        ReadCall carry(String value) {
            return get("/api", HttpFields.of("X-Note", value));
        }
    },
    FIELD("header patient-name") {
        @Override
        ReadCall carry(String value) {
            return get("/api", HttpFields.of("Patient-Name", value));
        }
    },
    ACCEPT("header accept") {
        @Override
        ReadCall carry(String value) {
            return get("/api", HttpFields.of("Accept", value));
        }
    },
    COOKIE("cookie c") {
        @Override
        ReadCall carry(String value) {
            return get(
                    "/api", HttpFields.of("Cookie", "a=1; c=" + percent(value).replace("+", "%20")));
        }
    },
    REFERER("header q") {
        @Override
        ReadCall carry(String value) {
            return get("/api", HttpFields.of("Referer", "https://example.org/a?q=" + percent(value)));
        }
    },
    FORM("form q") {
        @Override
        ReadCall carry(String value) {
            return post("application/x-www-form-urlencoded", "a=1&q=" + percent(value));
        }
    },
    JSON("json /a/0/v") {
        @Override
        ReadCall carry(String value) {
            return post("application/json", "{\"a\":[{\"v\":" + json(value) + ",\"n\":1}]}");
        }
    },
    XML_TEXT("xml /r/v") {
        @Override
        ReadCall carry(String value) {
            return post("application/xml", "<r><v>" + xml(value) + "</v></r>");
        }
    },
    XML_ATTRIBUTE("xml /r/v") {
        @Override
        ReadCall carry(String value) {
            return post("application/fhir+xml", "<r><v value=\"" + xml(value) + "\"/></r>");
        }
    },
    MULTIPART("part q") {
        @Override
        ReadCall carry(String value) {
            return post(
                    "multipart/form-data; boundary=\"-x-\"",
                    "---x-\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\n" + value + "\r\n---x---\r\n");
        }
    },
    OCTETS("part q") {
        @Override
        ReadCall carry(String value) {
            return post(
                    "multipart/form-data; boundary=\"-x-\"",
                    "---x-\r\nContent-Disposition: form-data; name=\"q\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                            + '\u0001' + value + "\r\n---x---\r\n");
        }
    },
    HL7("hl7 PID-5") {
        @Override
        ReadCall carry(String value) {
            return post("application/hl7-v2", message(value));
        }
    },
    TEXT("text") {
        @Override
        ReadCall carry(String value) {
            return post("text/plain; charset=utf-8", value);
        }
    },
    GB18030("text") {
        @Override
        ReadCall carry(String value) {
            HttpFields type = HttpFields.of("Content-Type", "text/plain; charset=gb18030");
            return post(type, value.getBytes(Charset.forName("GB18030")));
        }
    },
    UNDECLARED("json /v") {
        @Override
        ReadCall carry(String value) {
            return post("application/octet-stream", "{\"v\":" + json(value) + "}");
        }
    },
    JSON_IN_JSON("json /v/w") {
        @Override
        ReadCall carry(String value) {
            return post("application/json", "{\"v\":" + json("{\"w\":" + json(value) + "}") + "}");
        }
    },
    XML_IN_JSON("json /v/r/w") {
        @Override
        ReadCall carry(String value) {
            return post("application/json", "{\"v\":" + json(" <r><w>" + xml(value) + "</w></r>") + "}");
        }
    },
    JSON_IN_QUERY("query q/w") {
        @Override
        ReadCall carry(String value) {
            return get("/api?q=" + percent("{\"w\":" + json(value) + "}"), HttpFields.NONE);
        }
    },
    HL7_IN_XML("xml /r/v/PID-5") {
        @Override
        ReadCall carry(String value) {
            return post("text/xml", "<r><v>" + xml(message(value)).replace("\r", "&#13;") + "</v></r>");
        }
    },
    JSON_AS_TEXT("text /v") {
        @Override
        ReadCall carry(String value) {
            return post("text/plain", "\uFEFF{\"v\":" + json(value) + "}");
        }
    },
    BATCH("hl7 PID-5") {
        @Override
        ReadCall carry(String value) {
            return post("application/hl7-v2", "\r\nFHS|^~\\&|A\rBHS|^~\\&|A\r" + message(value) + "BTS|1\rFTS|1\r");
        }
    };

    private final String place;

    Carrier(String place) {
        this.place = place;
    }

    /** What a finding calls the place. */
    String place() {
        return place;
    }

    abstract ReadCall carry(String value);

    static ReadCall get(String target, HttpFields fields) {
        String[] parts = target.split("\\?", 2);
        String query = parts.length == 1 ? "" : parts[1];
        return new ReadCall(new HttpCall("GET", parts[0], query, fields, new byte[0], "127.0.0.1"));
    }

    static ReadCall post(String type, String body) {
        return post(HttpFields.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    static ReadCall post(HttpFields fields, byte[] body) {
        return new ReadCall(new HttpCall("POST", "/api", "", fields, body, "127.0.0.1"));
    }

    static String percent(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String json(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }

    static String xml(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\t", "&#9;");
    }

    private static String message(String value) {
        return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5.1\rPID|1||9^^^H^MR||" + er7(value) + "^X||19900101|F\r";
    }

    private static String er7(String value) {
        return value.replace("\\", "\\E\\")
                .replace("|", "\\F\\")
                .replace("^", "\\S\\")
                .replace("&", "\\T\\")
                .replace("~", "\\R\\")
                .replace("\n", "\\X0A\\");
    }
}
