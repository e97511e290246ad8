from oneplace.website.stacked import stacked

TABLE = (
    '<table class="govuk-table"><thead><tr><th scope="col">Place</th><th scope="col">Grade <b>&amp; day</b></th>'
    '<th scope="col">Region</th></tr></thead>'
    '<tbody><tr><th scope="row">Here</th><td class="x">Good</td><td>East</td></tr>'
    '<tr><th scope="row">There</th><td colspan="2">None</td></tr></tbody></table>'
)


def test_each_cell_carries_the_words_of_its_column() -> None:
    told = stacked(TABLE)
    assert '<td role="cell" data-label="Grade &amp; day" class="x">Good' in told
    assert '<td role="cell" data-label="Region">East' in told


def test_a_cell_over_several_columns_has_no_label_of_one_of_them() -> None:
    assert '<td role="cell" colspan="2">None' in stacked(TABLE)


def test_a_table_that_is_taken_apart_says_that_it_is_one() -> None:
    told = stacked(TABLE)
    assert '<table role="table" class="stacks govuk-table">' in told
    assert told.count('role="rowgroup"') == 2
    assert told.count('role="row"') == 3
    assert told.count('role="columnheader"') == 3
    assert told.count('role="rowheader"') == 2
