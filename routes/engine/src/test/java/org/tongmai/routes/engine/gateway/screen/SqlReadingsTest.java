package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.exchange.HttpFields;

/** SQL that is none to one reader and is to another: each way servers have of reading a value is tried. */
class SqlReadingsTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);
    private static final Screening FREE =
            Screening.of(new ScreeningPolicy(EnumSet.allOf(Defence.class), Set.of("q", "v"), ScreeningLimits.DEFAULTS));

    @Test
    void what_can_not_be_read_behind_a_certain_sign_does_not_make_it_harmless_in_free_text_either() {
        for (String payload : List.of(
                "' union select \"u\".\"password\" from \"users\" \"u\"--",
                "1 union select name,password from users with (nolock)",
                "1 union select password €x from users",
                "' or 1=1 or ''=n'",
                "\\' or 1=1#",
                "' waitfor delay '0:0:5'--",
                "1 exec xp_cmdshell 'dir'",
                "' drop table users--",
                "1 if 1=1 waitfor delay '0:0:5'",
                "' into outfile '/var/www/x.php' lines terminated by 0x3c3f-- ")) {
            assertThat(FREE.screen(Carrier.QUERY.carry(payload))).as(payload).isPresent();
        }
    }

    @Test
    void sentences_that_begin_like_sql_are_let_through() {
        for (String sentence : List.of(
                "2 or 3 > 1 cm lesions",
                "the patients' update of records",
                "Top 5 select hospitals from the region",
                "3 if needed",
                "60; select insulin 70/30; 27",
                "12; delete aspirin; 34",
                "2 + 2 = 4 or 5?",
                "files `a' and `b' are kept",
                "120/80 -- stable",
                "1990--2000",
                "1; use ice")) {
            assertThat(FREE.screen(Carrier.QUERY.carry(sentence))).as(sentence).isEmpty();
        }
    }

    @Test
    void a_strict_number_does_not_go_on_with_columns_rows_or_a_cut() {
        for (String payload :
                List.of("1,is_admin=1", "1,role=0x61646d696e", "1),(99,1,1", "1-- ", "1-- x", "1/*", "1;--")) {
            assertThat(STRICT.screen(Carrier.QUERY.carry(payload))).as(payload).isPresent();
        }
    }

    @Test
    void values_of_one_name_are_judged_as_iis_joins_them_too() {
        for (String query : List.of(
                "id=1+or/*&id=*/1=1",
                "id=1+union/*&id=*/select/*&id=*/password+from+users",
                "a=b&ID=1;drop/*&c=d&id=*/table+users")) {
            for (String alone : query.split("&")) {
                assertThat(STRICT.screen(Carrier.get("/a?" + alone, HttpFields.NONE)))
                        .as(alone)
                        .isEmpty();
            }
            assertThat(STRICT.screen(Carrier.get("/a?" + query, HttpFields.NONE)))
                    .as(query)
                    .isPresent();
            assertThat(STRICT.screen(Carrier.post("application/x-www-form-urlencoded", query)))
                    .as(query)
                    .isPresent();
        }
        assertThat(STRICT.screen(
                        Carrier.get("/a?n=O'Brien&n=O'Neil&n=5'&n=6'&date=ge2020&date=le2021", HttpFields.NONE)))
                .isEmpty();
    }

    @Test
    void a_byte_that_is_a_blank_in_latin_1_is_one_here() {
        for (String query : List.of(
                "id='%a0or%a01=1--%a0x", "id=1%a0union%a0select%a0password%a0from%a0users", "id='%a0or%a0'1'='1")) {
            assertThat(STRICT.screen(Carrier.get("/a?" + query, HttpFields.NONE)))
                    .as(query)
                    .isPresent();
        }
    }

    @Test
    void a_comment_of_one_line_ends_at_each_line_end_that_any_server_takes_for_one() {
        for (String payload : List.of(
                "1 -- \rfoo bar\nor 1=1",
                "1 --x\rfoo bar\nor 1=1",
                "1 # \rfoo bar\nunion select password from users",
                "1 -- foo\ror 1=1")) {
            assertThat(STRICT.screen(Carrier.JSON.carry(payload))).as(payload).isPresent();
        }
    }
}
