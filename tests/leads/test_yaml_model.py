import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from leads.errors import UsageError
from leads.yaml_model import read_model
from leads.yaml_tree import FileKind

KIND = FileKind(name="menu", least="write menu: NAME", example="see `menu.yaml`")


class Dish(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    dish: str
    price: int = Field(default=1, ge=0)

    @field_validator("dish")
    @classmethod
    def named(cls, value: str) -> str:
        if not value:
            raise ValueError("the dish has no name")
        return value


class Menu(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    menu: str
    hot: bool = False
    dishes: tuple[Dish, ...] = ()


def test_texts_become_what_the_model_holds() -> None:
    text = "menu: noon\nhot: true\ndishes:\n  - {dish: soup, price: 4}\n  - dish: bread\n"
    assert read_model(text, "menu.yaml", KIND, Menu) == Menu(
        menu="noon", hot=True, dishes=(Dish(dish="soup", price=4), Dish(dish="bread"))
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "menu.yaml: is empty"),
        ("hot: true\n", "menu.yaml:1: `menu` is missing"),
        ("menu: noon\ncold: true\n", "menu.yaml:2: cold: there is no `cold` here"),
        ("menu: noon\nhot: perhaps\n", "menu.yaml:2: hot: must be true or false"),
        (
            "menu: noon\ndishes:\n  - dish: soup\n  - price: 3\n",
            "menu.yaml:4: dishes[2]: `dish` is missing",
        ),
        (
            "menu: noon\ndishes:\n  - dish: ''\n",
            "menu.yaml:3: dishes[1].dish: the dish has no name",
        ),
        (
            "menu: noon\ndishes:\n  - {dish: soup,\n     price: -4}\n",
            "menu.yaml:4: dishes[1].price: must be at least 0 (given: '-4')",
        ),
        ("- noon\n", "menu.yaml:1: must be lines of `key: value`"),
    ],
)
def test_a_mistake_names_its_line(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        read_model(text, "menu.yaml", KIND, Menu)
    assert error.value.message.startswith(message)


def test_every_mistake_is_named_in_the_order_of_the_file() -> None:
    text = "menu: noon\nhto: true\ndishes:\n  - {dish: soup, prize: 3}\n  - {dish: '', price: x}\n"
    with pytest.raises(UsageError) as error:
        read_model(text, "menu.yaml", KIND, Menu)
    assert error.value.message.splitlines() == [
        "menu.yaml:2: hto: there is no `hto` here, did you mean hot",
        "menu.yaml:4: dishes[1].prize: there is no `prize` here, did you mean price",
        "menu.yaml:5: dishes[2].dish: the dish has no name (given: '')",
        "menu.yaml:5: dishes[2].price: must be a whole number (given: 'x')",
    ]


def test_of_many_mistakes_the_first_are_named() -> None:
    text = "menu: noon\ndishes:\n" + "  - {dish: ''}\n" * 30
    with pytest.raises(UsageError) as error:
        read_model(text, "menu.yaml", KIND, Menu)
    lines = error.value.message.splitlines()
    assert (len(lines), lines[-1]) == (21, "and 10 more")
