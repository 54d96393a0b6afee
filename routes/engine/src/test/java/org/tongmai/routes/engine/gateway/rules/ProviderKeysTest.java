package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderKeysTest {
    /** The base point of the curve (GB/T 32918.5-2017). */
    private static final String X = "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7";

    private static final String Y = "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,                                          1",
                "`,\"use\":\"sig\"`,                           1",
                "`,\"key_ops\":[\"sign\",\"verify\"]`,         1",
                "`,\"use\":\"enc\"`,                           0",
                "`,\"use\":7`,                                0",
                "`,\"key_ops\":[\"encrypt\"]`,                 0",
                "`,\"use\":\"sig\",\"key_ops\":[\"deriveKey\"]`, 0"
            })
    void a_key_of_sm2_verifies_only_if_it_is_for_that(String use, int keys) throws ParseException {
        String key = "{\"kty\":\"EC\",\"crv\":\"SM2\",\"x\":\"" + url(X) + "\",\"y\":\"" + url(Y) + "\"" + use + "}";

        assertThat(ProviderKeys.of("{\"keys\":[" + key + "]}").size()).isEqualTo(keys);
    }

    private static String url(String hex) {
        return Base64URL.encode(HexFormat.of().parseHex(hex)).toString();
    }
}
